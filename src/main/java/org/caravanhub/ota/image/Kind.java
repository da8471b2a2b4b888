package org.caravanhub.ota.image;

import java.util.Locale;

/** The families of images that there are. */
public enum Kind {
    /** An app of the ESP32 family, with its description. */
    ESP32,
    /** An image of the ESP8266, which tells nothing of itself. */
    ESP8266,
    /** The same, packed; only an ESP8266 unpacks. */
    GZIP,
    /** An image for the MCUboot bootloader: Zephyr, nRF and others. */
    MCUBOOT;

    /** As the API says it: {@code esp32}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
