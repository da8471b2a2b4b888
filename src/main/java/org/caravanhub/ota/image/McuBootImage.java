package org.caravanhub.ota.image;

import static org.caravanhub.ota.image.Little.u16;
import static org.caravanhub.ota.image.Little.u32;
import static org.caravanhub.ota.image.Little.u8;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** An image for MCUboot: a header, the program, and records about both, one of which is their SHA-256. */
final class McuBootImage {
    private static final String WHAT = "an MCUboot image";
    private static final long MAGIC = 0x96f3b83dL;
    private static final int RECORDS = 0x6907;
    private static final int PROTECTED = 0x6908;
    private static final int SHA256 = 0x10;

    private McuBootImage() {}

    static boolean is(byte[] head) {
        return head.length >= 32 && u32(head, 0) == MAGIC;
    }

    static Finding read(ImageStream in, byte[] head) throws IOException {
        int protects = u16(head, 10);
        try {
            in.pass(u16(head, 8) + u32(head, 12), false);
            if (protects > 0 && (protects < 4 || u16(in.take(protects), 0) != PROTECTED)) {
                return NoImage.damaged(WHAT, "no records follow the program");
            }
            byte[] made = in.digest();
            byte[] about = in.take(4);
            if (u16(about, 0) != RECORDS || u16(about, 2) < 4) {
                return NoImage.damaged(WHAT, "no records follow the program");
            }
            byte[] records = in.take(u16(about, 2) - 4);
            for (int at = 0; at + 4 <= records.length; at += 4 + u16(records, at + 2)) {
                boolean isWhole = at + 4 + u16(records, at + 2) <= records.length;
                boolean isDigest = u16(records, at) == SHA256 && u16(records, at + 2) == made.length;
                if (!isWhole) {
                    return NoImage.damaged(WHAT, "the records after the program run over their end");
                }
                if (isDigest && !Arrays.equals(records, at + 4, at + 4 + made.length, made, 0, made.length)) {
                    return NoImage.damaged(WHAT, "the SHA-256 in it is not that of its bytes");
                }
            }
        } catch (EOFException e) {
            return NoImage.cutOff(WHAT, "before its end");
        }
        boolean isPadding = in.passPadding();
        long build = u32(head, 24);
        return Image.plain(
                Kind.MCUBOOT,
                "",
                u8(head, 20) + "." + u8(head, 21) + "." + u16(head, 22) + (build == 0 ? "" : "+" + build),
                in.at(),
                isPadding ? List.of() : List.of("Something follows the image that is no padding."));
    }
}
