package org.caravanhub.salvage;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** What a failing card does to a database file that nobody has open. */
public final class Damage {
    private Damage() {}

    /** Makes one byte, or the whole page that it is on, something else; says which. */
    public static String somewhere(Path file, boolean wholePage, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int offset = random.nextInt(bytes.length);
        if (wholePage) {
            byte[] noise = new byte[Pages.SIZE];
            random.nextBytes(noise);
            overwrite(file, offset / Pages.SIZE + 1, noise);
            return "page " + (offset / Pages.SIZE + 1);
        }
        bytes[offset] ^= (byte) (1 + random.nextInt(255));
        Files.write(file, bytes);
        return "byte " + offset;
    }

    /** Fills the page on which this text first appears with zeros. */
    public static void pageWith(String text, Path file) throws IOException {
        overwrite(file, pageOf(text, file), new byte[Pages.SIZE]);
    }

    /** Fills the page with this number with zeros. */
    public static void page(int number, Path file) throws IOException {
        overwrite(file, number, new byte[Pages.SIZE]);
    }

    private static int pageOf(String text, Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1).indexOf(text) / Pages.SIZE + 1;
    }

    private static void overwrite(Path file, int page, byte[] with) throws IOException {
        try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
            damaged.seek((page - 1L) * Pages.SIZE);
            damaged.write(with);
        }
    }
}
