package org.caravanhub.ota.image;

import static org.caravanhub.ota.image.Little.u32;
import static org.caravanhub.ota.image.Little.u8;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * An ESP image from its header to the digest after its segments, as bootloaders read it.
 *
 * @param flaw why it is none; empty if all adds up
 * @param isCut whether the flaw is that the file ends
 * @param digest the SHA-256 at its end; empty if it has none
 * @param isChecked whether the checksum is right, which does not hold for every image that starts
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Segments(Optional<String> flaw, boolean isCut, byte[] digest, boolean isChecked) {
    /** How the two generations differ. */
    enum Layout {
        ESP32(24),
        ESP8266(8);

        private final int header;

        Layout(int header) {
            this.header = header;
        }
    }

    static final int MAGIC = 0xe9;

    private static final int MOST = 16;
    private static final int CHECKSUM_BLOCK = 16;
    private static final int DIGEST = 32;
    /** What bootloaders take. */
    private static final long LARGEST = 16L << 20;

    /** Reads an image at the stream's place, which is a multiple of 16; the stream stands behind it then. */
    static Segments read(ImageStream in, Layout layout) throws IOException {
        long from = in.at();
        String where = "in its header";
        try {
            byte[] header = in.take(layout.header);
            int count = u8(header, 1);
            if (u8(header, 0) != MAGIC || count < 1 || count > MOST) {
                return wrong("it says that it has " + count + " segments, and 1 to " + MOST + " are possible");
            }
            boolean hasDigest = layout == Layout.ESP32 && u8(header, 23) == 1;
            if (layout == Layout.ESP32 && u8(header, 23) > 1) {
                return wrong("whether a digest follows is neither yes nor no");
            }
            in.beginChecksum();
            for (int i = 1; i <= count; i++) {
                where = "in segment " + i + " of " + count;
                long length = u32(in.take(8), 4);
                if (length >= LARGEST || (layout == Layout.ESP32 && length % 4 != 0)) {
                    return wrong("segment " + i + " of " + count + " says that it has " + length + " bytes");
                }
                in.pass(length, true);
            }
            where = "at its checksum";
            in.pass(CHECKSUM_BLOCK - 1 - (in.at() - from) % CHECKSUM_BLOCK, false);
            boolean isChecked = u8(in.take(1), 0) == in.exclusiveOr();
            if (!hasDigest) {
                return new Segments(Optional.empty(), false, new byte[0], isChecked);
            }
            where = "in the digest at its end";
            byte[] made = in.digest();
            byte[] digest = in.take(DIGEST);
            return isChecked && !Arrays.equals(made, digest)
                    ? wrong("the SHA-256 at its end is not that of its bytes")
                    : new Segments(Optional.empty(), false, digest, isChecked);
        } catch (EOFException e) {
            return new Segments(Optional.of(where), true, new byte[0], false);
        }
    }

    /** The same, refused if the checksum is wrong. */
    Segments checked() {
        return flaw.isEmpty() && !isChecked ? wrong("its checksum is not that of its bytes") : this;
    }

    boolean isWhole() {
        return flaw.isEmpty();
    }

    /** What is to be said of one that is not whole. */
    NoImage refusal(String what) {
        return isCut ? NoImage.cutOff(what, flaw.orElse("")) : NoImage.damaged(what, flaw.orElse(""));
    }

    private static Segments wrong(String flaw) {
        return new Segments(Optional.of(flaw), false, new byte[0], false);
    }
}
