package org.caravanhub.ota.image;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What people upload by mistake, by its first bytes. */
final class Foreign {
    private static final Map<String, String> BEGINS = new LinkedHashMap<>();

    static {
        BEGINS.put("\177ELF", "an ELF file, of which the build makes an image");
        BEGINS.put("UF2\n", "a UF2 file, for a board that is plugged in as a drive");
        BEGINS.put("PK\003\004", "a ZIP archive; what is in it may be the right file");
        BEGINS.put(":10", "an Intel HEX file");
        BEGINS.put("<!", "a web page, perhaps the download page of the right file");
        BEGINS.put("<h", "a web page, perhaps the download page of the right file");
        BEGINS.put("{", "a JSON text, perhaps an answer instead of the file");
        BEGINS.put("\352", "an image of the ESP8266's old SDK, which no update over HTTP takes");
    }

    private Foreign() {}

    static String name(byte[] head) {
        String begin = new String(head, 0, 8, StandardCharsets.ISO_8859_1);
        return BEGINS.entrySet().stream()
                .filter(known -> begin.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("no firmware image that the hub knows");
    }
}
