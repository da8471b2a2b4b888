package org.caravanhub.access;

import org.caravanhub.device.Registration.Topics;

/**
 * An example of what a device of a family says, as the hub understands it.
 *
 * @param topic on which topic
 * @param before what is said before the value
 * @param after what is said after it
 */
record Spoken(String topic, String before, String after) {
    /** By this device: 21.5 degrees Celsius. */
    static Spoken by(String device, Topics topics) {
        return switch (topics.family()) {
            case "paku" -> paku(device, topics);
            case "alona" ->
                new Spoken(
                        "alona/" + device + "/telemetry/temperature",
                        "{\"v\":1,\"sensor\":\"temperature\",\"value\":",
                        ",\"unit\":\"celsius\"}");
            case "iot" ->
                new Spoken(
                        "iot/" + topics.site() + "/"
                                + (topics.system().isEmpty()
                                        ? device + "/shed/bme280-1"
                                        : topics.system() + "/shed/" + device)
                                + "/temperature",
                        "{\"value\":",
                        ",\"unit\":\"C\"}");
            case "esphome" -> new Spoken(device + "/sensor/temperature_c/state", "", "");
            case "ruuvi" ->
                new Spoken(
                        "ruuvi/" + device + "/C8:25:2D:8E:9C:2C",
                        "{\"data\":\"0201061BFF99040512FC5394C37C0004FFFC040CAC364200CDCBB8334C884F\"}",
                        "");
            case "ecoflow" -> new Spoken("ecoflow/" + device + "/DCABZ0000000001", "{\"soc_percent\":", "}");
            default -> new Spoken("caravan/" + device + "/telemetry", "{\"temperature_c\":", "}");
        };
    }

    private static Spoken paku(String device, Topics topics) {
        String site = topics.site().isEmpty() ? "paku" : topics.site();
        return switch (topics.system()) {
            case "" -> new Spoken("paku/" + device + "/telemetry", "{\"temperature_c\":", "}");
            case "ruuvi" -> new Spoken("paku/ruuvi/" + device, "{\"temperature\":", "}");
            default ->
                new Spoken(
                        site + "/" + topics.system() + "/" + device + "/data",
                        "{\"device_id\":\"" + device + "\",\"metrics\":{\"temperature_c\":",
                        "}}");
        };
    }

    /** Where a bare {@code online} or {@code offline} of this device is understood, its last will too; empty if there is no such topic. */
    static String statusTopic(String device, Topics topics) {
        return switch (topics.family()) {
            case "caravan", "alona", "ecoflow" -> topics.family() + "/" + device + "/status";
            case "esphome" -> device + "/status";
            case "paku" -> (topics.site().isEmpty() ? "paku" : topics.site()) + "/edge/" + device + "/status";
            default -> "";
        };
    }

    /** What is said of this value. */
    String payload(String value) {
        return topic.startsWith("ruuvi/") ? before : before + value + after;
    }
}
