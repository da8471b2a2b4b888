package org.caravanhub.ecoflow;

import java.util.Map;

/** What the cloud is asked. It is only ever asked; nothing is set. */
public sealed interface Question {
    /** Below {@code /iot-open/sign}. */
    String path();

    /** What belongs to it, and is signed. */
    Map<String, String> parameters();

    /** Which stations there are, and whether they are there. */
    record Stations() implements Question {
        @Override
        public String path() {
            return "/device/list";
        }

        @Override
        public Map<String, String> parameters() {
            return Map.of();
        }
    }

    /**
     * All that the cloud knows of one.
     *
     * @param serial its serial number
     */
    record Station(String serial) implements Question {
        @Override
        public String path() {
            return "/device/quota/all";
        }

        @Override
        public Map<String, String> parameters() {
            return Map.of("sn", serial);
        }
    }
}
