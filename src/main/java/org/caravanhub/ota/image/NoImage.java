package org.caravanhub.ota.image;

/**
 * Nothing that a device could be given.
 *
 * @param why in a word
 * @param text for people: what the file is, and what to upload instead
 */
public record NoImage(Why why, String text) implements Finding {
    /** What it is instead. */
    public enum Why {
        TOO_SMALL,
        /** It ends before its own end. */
        CUT_OFF,
        /** It begins like an image and does not add up. */
        DAMAGED,
        BOOTLOADER,
        /** Bootloader, partition table and app in one file, for a cable. */
        FACTORY,
        PARTITION_TABLE,
        /** An image of an ESP32 that says nothing of itself, as old bootloaders and programs for RAM. */
        NO_DESCRIPTION,
        /** No image at all. */
        OTHER
    }

    /** What people have beside the wrong file. */
    private static final String INSTEAD = " Upload the app image for updates over the air: ";

    private static final String ITS_NAMES =
            "`firmware.ota.bin` of ESPHome, `firmware.bin` of PlatformIO, `build/PROJECT.bin` of ESP-IDF.";

    static NoImage tooSmall(long size) {
        return new NoImage(
                Why.TOO_SMALL,
                size == 0
                        ? "The file is empty. Was it written, and is it the right one?"
                        : "The file has " + (size == 1 ? "1 byte" : size + " bytes")
                                + ", and no firmware has less than 1024." + INSTEAD + ITS_NAMES);
    }

    static NoImage cutOff(String what, String where) {
        return new NoImage(
                Why.CUT_OFF,
                "This is " + what + ", cut off: the file ends " + where + ". Build or download it again, and compare"
                        + " its size before you upload it.");
    }

    static NoImage damaged(String what, String flaw) {
        return new NoImage(
                Why.DAMAGED,
                "This is " + what + ", damaged: " + flaw + ". Build or download it again; a device would refuse it.");
    }

    static NoImage instead(Why why, String what) {
        return new NoImage(why, "This is " + what + "." + INSTEAD + ITS_NAMES);
    }
}
