package org.caravanhub.ota.image;

import static org.caravanhub.ota.image.Little.hex;
import static org.caravanhub.ota.image.Little.text;
import static org.caravanhub.ota.image.Little.u16;
import static org.caravanhub.ota.image.Little.u32;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** An app of the ESP32 family: its first segment begins with a description of it. */
final class Esp32App {
    /** How much of the file its header and its description are. */
    static final int HEAD = 288;

    private static final long DESCRIPTION = 0xabcd5432L;
    private static final String WHAT = "an app image of the ESP32 family";

    private Esp32App() {}

    static boolean is(byte[] head) {
        return head.length >= HEAD && u32(head, 32) == DESCRIPTION && u32(head, 28) >= 256;
    }

    static Finding read(ImageStream in, byte[] head) throws IOException {
        Segments segments = Segments.read(in, Segments.Layout.ESP32).checked();
        if (!segments.isWhole()) {
            return segments.refusal(WHAT);
        }
        int chip = u16(head, 12);
        if (!Chip.isAny(chip)) {
            return NoImage.damaged(WHAT, "it does not say for which chip it was made");
        }
        Tail tail = Tail.read(in);
        if (tail.flaw().isPresent()) {
            return NoImage.damaged(WHAT, tail.flaw().get());
        }
        List<String> remarks = new ArrayList<>();
        String project = text(head, 80, 32);
        if (project.equals(Image.ARDUINO)) {
            remarks.add("The version in it is that of the Arduino core, not yours; say yours when you upload it.");
        }
        if (!tail.remark().isEmpty()) {
            remarks.add(tail.remark());
        }
        return new Image(
                Kind.ESP32,
                Chip.word(chip),
                project,
                text(head, 48, 32),
                hex(head, 176, 32),
                HexFormat.of().formatHex(segments.digest()),
                text(head, 144, 32),
                u32(head, 36),
                tail.secureBoot(),
                in.at(),
                List.copyOf(remarks));
    }
}
