package org.caravanhub.reading;

import org.caravanhub.reading.Malformed.Cause;
import org.jspecify.annotations.Nullable;

/**
 * The members of one of Caravan's readings: {@code time} (or {@code timestamp} or {@code ts}), {@code device}, {@code location},
 * {@code mac}, {@code metrics}. Others are metrics if there is no {@code metrics} object, and otherwise not looked at.
 */
final class ReadingMembers {
    private final MetricsReader flat = new MetricsReader();
    private @Nullable Metrics metrics;
    private long time = DeviceTime.NONE;
    private String timeName = "";
    private String device = "";
    private String location = "";
    private String mac = "";

    /** Takes the member just reached. */
    void take(JsonReader json) {
        if (json.nameIs("metrics")) {
            metrics = MetricsReader.readObject(json, "metrics");
        } else if (json.nameIs("time") || json.nameIs("timestamp") || json.nameIs("ts")) {
            takeTime(json);
        } else if (json.nameIs("device")) {
            device = json.readText("device", "");
        } else if (json.nameIs("location")) {
            location = Locations.read(json, "location", "");
        } else if (json.nameIs("mac")) {
            mac = Locations.read(json, "mac", "");
        } else {
            flat.takeMember(json);
        }
    }

    private void takeTime(JsonReader json) {
        String name = json.tokenText("time");
        if (!timeName.isEmpty()) {
            throw json.flaw(
                    Cause.DUPLICATE_KEY, json.nameStart(), "both " + timeName + " and " + name + "; which one counts?");
        }
        timeName = name;
        time = DeviceTime.read(json);
    }

    String device() {
        return device;
    }

    String location() {
        return location;
    }

    String mac() {
        return mac;
    }

    /** In milliseconds since 1970, or {@link DeviceTime#NONE}. */
    long time() {
        return time;
    }

    Metrics metrics(JsonReader json) {
        Metrics own = metrics;
        return own == null ? flat.taken(json) : own;
    }
}
