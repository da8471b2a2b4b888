package org.caravanhub.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a device that is made will be. */
final class NewDeviceOptions {
    @Option(
            names = "--family",
            paramLabel = "FAMILY",
            description =
                    "Which topics it speaks on: caravan (the default), paku, alona, iot, esphome, ruuvi, ecoflow or http.")
    private @Nullable String family;

    @Option(
            names = "--site",
            paramLabel = "SITE",
            description = "The paku of paku/heater/emu01/data, the cottage of iot/cottage/gw-01/...")
    private @Nullable String site;

    @Option(
            names = "--system",
            paramLabel = "SYSTEM",
            description = "The heater of paku/heater/emu01/data; the gateway that a homelab sensor is behind.")
    private @Nullable String system;

    @Option(names = "--model", paramLabel = "MODEL", description = "What kind of device it is.")
    private @Nullable String model;

    @Option(names = "--group", paramLabel = "GROUP", description = "A group of devices that are alike.")
    private @Nullable String group;

    /** Which it will be of. */
    String family() {
        return family == null ? "caravan" : family;
    }

    /** The same as members of a body. */
    Map<String, String> members() {
        Map<String, String> members = new TreeMap<>();
        put(members, "family", family);
        put(members, "site", site);
        put(members, "system", system);
        put(members, "model", model);
        put(members, "group", group);
        return members;
    }

    static void put(Map<String, String> members, String name, @Nullable String value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    /** A JSON object of these. */
    static byte[] json(Map<String, String> members, List<String> tags) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            for (Map.Entry<String, String> member : members.entrySet()) {
                json.writeStringField(member.getKey(), member.getValue());
            }
            if (!tags.isEmpty()) {
                json.writeArrayFieldStart("tags");
                for (String tag : tags) {
                    json.writeString(tag);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
