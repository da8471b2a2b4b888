package org.caravanhub.ota.image;

import java.util.Map;

/** The numbers of chips in images of the ESP32 family, and what ESPHome calls them. */
final class Chip {
    static final String ESP8266 = "ESP8266";

    private static final int NONE = 0xffff;

    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(0, "ESP32"),
            Map.entry(2, "ESP32-S2"),
            Map.entry(5, "ESP32-C3"),
            Map.entry(9, "ESP32-S3"),
            Map.entry(12, "ESP32-C2"),
            Map.entry(13, "ESP32-C6"),
            Map.entry(16, "ESP32-H2"),
            Map.entry(18, "ESP32-P4"),
            Map.entry(20, "ESP32-C61"),
            Map.entry(23, "ESP32-C5"),
            Map.entry(25, "ESP32-H21"),
            Map.entry(28, "ESP32-H4"),
            Map.entry(32, "ESP32-S31"));

    private Chip() {}

    static boolean isAny(int number) {
        return number != NONE;
    }

    /** A chip that came after this hub is called by its number: a model's images are compared by this word all the same. */
    static String word(int number) {
        return WORDS.getOrDefault(number, "ESP32 chip " + number);
    }
}
