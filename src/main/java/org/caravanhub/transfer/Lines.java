package org.caravanhub.transfer;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The lines of a file, packed with gzip or not, without their line feeds. A file that is damaged or no text is told once, and ends there. */
final class Lines implements Closeable {
    /** No line of an export is nearly as long; without a bound a file of another kind would fill the memory. */
    private static final int LONGEST = 1 << 20;

    private static final int BUFFER = 1 << 16;

    private final String file;
    private final Counted counted;
    private final InputStream in;
    private final Mistakes mistakes;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private byte[] line = new byte[1024];
    private int length;
    private long number;
    private boolean isOver;

    Lines(String file, InputStream raw, Mistakes mistakes) throws IOException {
        this.file = file;
        this.mistakes = mistakes;
        this.counted = new Counted(raw);
        this.in = unpacked(new BufferedInputStream(counted, BUFFER));
    }

    private InputStream unpacked(InputStream buffered) throws IOException {
        try {
            return Packed.isPacked(buffered) ? new GZIPInputStream(buffered, BUFFER) : buffered;
        } catch (ZipException | EOFException e) {
            damaged(e);
            return InputStream.nullInputStream();
        }
    }

    /** Goes to the next line; false if there is none. */
    boolean next() throws IOException {
        if (isOver) {
            return false;
        }
        length = 0;
        number++;
        while (at < end || fill()) {
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            if (length + at - from > LONGEST) {
                mistakes.at(file, number, 1, "a line longer than 1 MB; is this another kind of file?");
                isOver = true;
                return false;
            }
            append(from, at);
            if (at < end) {
                at++;
                return true;
            }
        }
        return length > 0 && mistakes.count() == 0;
    }

    private boolean fill() throws IOException {
        try {
            at = 0;
            end = Math.max(0, in.read(buffer));
        } catch (EOFException | ZipException e) {
            end = 0;
            damaged(e);
        }
        isOver = end == 0;
        return !isOver;
    }

    private void damaged(IOException e) {
        isOver = true;
        mistakes.at(file, Math.max(1, number), length + 1, "the packed file is cut off or damaged: " + e.getMessage());
    }

    private void append(int from, int to) {
        if (length + to - from > line.length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + to - from));
        }
        System.arraycopy(buffer, from, line, length, to - from);
        length += to - from;
    }

    /** The line as text, without a byte order mark in front of the file; null if it is not UTF-8, which is told. */
    @Nullable
    String text() {
        int from =
                number == 1 && length >= 3 && line[0] == (byte) 0xef && line[1] == (byte) 0xbb && line[2] == (byte) 0xbf
                        ? 3
                        : 0;
        ByteBuffer bytes = ByteBuffer.wrap(line, from, length - from);
        try {
            return utf8.decode(bytes).toString();
        } catch (CharacterCodingException e) {
            int wrong = bytes.position();
            mistakes.at(
                    file, number, wrong + 1, "the byte 0x" + Integer.toHexString(line[wrong] & 0xff) + " is not UTF-8");
            return null;
        }
    }

    /** The bytes of the line, up to {@link #length}; others than these with the next line. */
    byte[] bytes() {
        return line;
    }

    int length() {
        return length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    }

    String file() {
        return file;
    }

    /** Of the line, from 1 on. */
    long number() {
        return number;
    }

    /** Bytes of the file that were taken, packed as they are. */
    long position() {
        return counted.count;
    }

    @Override
    public void close() throws IOException {
        counted.close();
    }

    private static final class Counted extends java.io.FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
