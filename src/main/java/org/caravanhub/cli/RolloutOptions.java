package org.caravanhub.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** To whom a release goes, and how. What is not said, the hub has its own idea of. */
final class RolloutOptions {
    private static final String TIME = "([01]\\d|2[0-3]):[0-5]\\d";

    @Option(names = "--name", paramLabel = "NAME", description = "What to call it. Default: MODEL VERSION")
    private @Nullable String name;

    @Option(
            names = "--canary",
            paramLabel = "PERCENT",
            description = "Only so many percent of the devices, always the same ones first.")
    private @Nullable Integer canary;

    @Option(names = "--group", paramLabel = "GROUP", description = "Only devices of this group.")
    private @Nullable String group;

    @Option(names = "--device", paramLabel = "DEVICE", description = "Only this device; may be given again.")
    private List<String> devices = List.of();

    @Option(names = "--mac", paramLabel = "MAC", description = "Only the device with this address; may be given again.")
    private List<String> macs = List.of();

    @Option(
            names = "--ring",
            paramLabel = "RING",
            description = {
                "Devices that come before those of the next --ring: group=NAME percent=10 success=90 soak=30m, any of them.",
                "The next ring begins when success percent are done and were watched for soak."
            })
    private List<String> rings = List.of();

    @Option(names = "--at-once", paramLabel = "N", description = "At most so many devices at a time.")
    private @Nullable Integer atOnce;

    @Option(
            names = "--least-charge",
            paramLabel = "PERCENT",
            description = "A device whose battery or station has less waits.")
    private @Nullable Double leastCharge;

    @Option(
            names = "--window",
            paramLabel = "FROM-UNTIL",
            description = "The time of day in which updates begin: 22:00-06:00")
    private @Nullable String window;

    @Option(names = "--healthy-for", paramLabel = "TIME", description = "How long it must be well. Default: 10m")
    private @Nullable String healthyFor;

    @Option(names = "--patience", paramLabel = "TIME", description = "How long an update may take. Default: 1h")
    private @Nullable String patience;

    @Option(
            names = "--pause-on",
            paramLabel = "N",
            description = "Pause by itself after so many failed devices, 2, or percent, 20%%. Default: 2 and 20%%")
    private @Nullable String pauseOn;

    @Option(names = "--return-failed", description = "Give the last good release back when too many failed.")
    private boolean isReturning;

    @Option(names = "--allow-downgrade", description = "An older version is meant.")
    private boolean isDowngrade;

    @Option(names = "--paused", description = "Make it, and wait until it is resumed.")
    private boolean isPaused;

    /** Writes the body of the API's {@code create-rollout}. */
    void write(JsonGenerator json, String model, String version) throws IOException {
        json.writeStartObject();
        json.writeStringField("model", model);
        json.writeStringField("version", version);
        text(json, "name", name);
        writeAudience(json);
        if (canary != null) {
            json.writeNumberField("percentage", canary);
        }
        if (!rings.isEmpty()) {
            json.writeArrayFieldStart("rings");
            for (String ring : rings) {
                writeRing(json, ring);
            }
            json.writeEndArray();
        }
        if (atOnce != null) {
            json.writeNumberField("at_once", atOnce);
        }
        if (leastCharge != null) {
            json.writeNumberField("least_charge", leastCharge);
        }
        writeWindow(json);
        text(json, "healthy_for", healthyFor);
        text(json, "patience", patience);
        writePause(json);
        flag(json, "return_failed", isReturning);
        flag(json, "allow_downgrade", isDowngrade);
        flag(json, "paused", isPaused);
        json.writeEndObject();
    }

    private void writeAudience(JsonGenerator json) throws IOException {
        boolean isSpecific = !devices.isEmpty() || !macs.isEmpty();
        if ((group != null && isSpecific) || (canary != null && isSpecific)) {
            throw wrong("--device and --mac say exactly which devices; leave --group and --canary out");
        }
        json.writeObjectFieldStart("audience");
        if (isSpecific) {
            json.writeStringField("kind", "devices");
            texts(json, "devices", devices);
            texts(json, "macs", macs);
        } else if (group != null) {
            json.writeStringField("kind", "group");
            json.writeStringField("group", group);
        } else {
            json.writeStringField("kind", canary == null ? "all" : "canary");
        }
        json.writeEndObject();
    }

    private static void writeRing(JsonGenerator json, String ring) throws IOException {
        json.writeStartObject();
        for (String part : ring.strip().split("\\s+")) {
            String[] pair = part.split("=", 2);
            boolean isNumber = pair.length == 2 && pair[1].matches("-?\\d{1,9}");
            boolean isText = pair.length == 2 && List.of("group", "soak").contains(pair[0]);
            if (!List.of("group", "percent", "success", "soak").contains(pair[0]) || !(isNumber || isText)) {
                throw wrong("--ring does not understand \"" + Plain.line(part)
                        + "\"; it takes group=NAME percent=10 success=90 soak=30m");
            }
            if (isText) {
                json.writeStringField(pair[0], pair[1]);
            } else {
                json.writeNumberField(pair[0], Integer.parseInt(pair[1]));
            }
        }
        json.writeEndObject();
    }

    private void writeWindow(JsonGenerator json) throws IOException {
        if (window != null) {
            String[] times = window.split("-", 2);
            if (times.length < 2
                    || !times[0].strip().matches(TIME)
                    || !times[1].strip().matches(TIME)) {
                throw wrong("--window is two times of day: 22:00-06:00");
            }
            json.writeObjectFieldStart("window");
            json.writeStringField("from", times[0].strip());
            json.writeStringField("until", times[1].strip());
            json.writeEndObject();
        }
    }

    /** One of both: who says a number of devices does not mean a percentage, too. */
    private void writePause(JsonGenerator json) throws IOException {
        if (pauseOn == null) {
            return;
        }
        boolean isPercent = pauseOn.endsWith("%");
        String number = isPercent ? pauseOn.substring(0, pauseOn.length() - 1).strip() : pauseOn;
        if (!number.matches("\\d{1,9}")) {
            throw wrong("--pause-on is a number of devices, 2, or percent, 20%");
        }
        json.writeObjectFieldStart("pause_on");
        json.writeNumberField("failures", isPercent ? 0 : Integer.parseInt(number));
        json.writeNumberField("percent", isPercent ? Integer.parseInt(number) : 0);
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static void flag(JsonGenerator json, String name, boolean value) throws IOException {
        if (value) {
            json.writeBooleanField(name, true);
        }
    }

    private static void texts(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static CommandFailed wrong(String what) {
        return new CommandFailed(ExitCode.USAGE, what, "caravan rollout start --help");
    }
}
