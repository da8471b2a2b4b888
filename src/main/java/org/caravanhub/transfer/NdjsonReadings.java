package org.caravanhub.transfer;

import java.io.IOException;
import org.caravanhub.reading.NotAReading;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.WrittenReading;
import org.jspecify.annotations.Nullable;

/** One JSON object a line, as {@code format=ndjson} of the API gives them. */
final class NdjsonReadings implements Readings {
    private final Lines lines;
    private final long size;
    private final Mistakes mistakes;
    private final WrittenReading written = new WrittenReading();

    NdjsonReadings(Lines lines, long size, Mistakes mistakes) {
        this.lines = lines;
        this.size = size;
        this.mistakes = mistakes;
    }

    @Override
    public @Nullable Reading next() throws IOException {
        while (lines.next()) {
            if (lines.length() > 0) {
                try {
                    return written.read(lines.bytes(), 0, lines.length());
                } catch (NotAReading e) {
                    mistakes.at(lines.file(), lines.number(), e.column(), e.reason());
                }
            }
        }
        return null;
    }

    @Override
    public long position() {
        return lines.position();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
