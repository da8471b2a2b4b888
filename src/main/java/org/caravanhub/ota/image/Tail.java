package org.caravanhub.ota.image;

import static org.caravanhub.ota.image.Little.u32;
import static org.caravanhub.ota.image.Little.u8;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What follows an image of the ESP32 family in its file: nothing, padding, or a signature for Secure Boot.
 *
 * @param secureBoot {@code v1}, {@code v2}, or empty
 * @param flaw why a device would refuse the image for it
 * @param remark what else follows, in a sentence; empty if nothing does
 */
record Tail(String secureBoot, Optional<String> flaw, String remark) {
    private static final int SECTOR = 4096;
    /** A version that is 0, and an ECDSA signature. */
    private static final int V1_BYTES = 68;

    private static final int V2_MAGIC = 0xe7;
    private static final int V2_CHECKED = 1196;

    /** Reads to the end of the stream, which stands behind the image. */
    static Tail read(ImageStream in) throws IOException {
        long end = in.at();
        byte[] padding = in.upTo((int) ((SECTOR - end % SECTOR) % SECTOR));
        byte[] before = in.digest();
        byte[] sector = in.upTo(SECTOR);
        long rest = in.at();
        boolean isPadding = in.passPadding();
        if (in.at() - end == V1_BYTES && isZero(padding, sector)) {
            return new Tail("v1", Optional.empty(), "");
        }
        if (sector.length == SECTOR && u8(sector, 0) == V2_MAGIC && (u8(sector, 1) == 2 || u8(sector, 1) == 3)) {
            return new Tail("v2", flaw(sector, before), isPadding ? "" : remark(in.at() - rest));
        }
        isPadding &=
                ImageStream.isPadding(padding, 0, padding.length) && ImageStream.isPadding(sector, 0, sector.length);
        return new Tail("", Optional.empty(), isPadding ? "" : remark(in.at() - end));
    }

    /** The version of a signature, which may lie over the border of a sector. */
    private static boolean isZero(byte[] padding, byte[] sector) {
        byte[] first = Arrays.copyOf(padding, 4);
        int missing = Math.max(0, 4 - padding.length);
        System.arraycopy(sector, 0, first, 4 - missing, missing);
        return u32(first, 0) == 0;
    }

    private static Optional<String> flaw(byte[] sector, byte[] digest) {
        CRC32 crc = new CRC32();
        crc.update(sector, 0, V2_CHECKED);
        if (crc.getValue() != u32(sector, V2_CHECKED)) {
            return Optional.of("its Secure Boot signature block is not whole");
        }
        return Arrays.equals(sector, 4, 36, digest, 0, 32)
                ? Optional.empty()
                : Optional.of("its Secure Boot signature was made of another image");
    }

    private static String remark(long bytes) {
        return bytes + " bytes follow the image that are neither padding nor a signature; devices store them and do not"
                + " use them.";
    }
}
