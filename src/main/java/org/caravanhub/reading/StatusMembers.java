package org.caravanhub.reading;

import java.util.Locale;
import java.util.OptionalLong;
import org.caravanhub.reading.Malformed.Cause;
import org.caravanhub.reading.Status.State;
import org.jspecify.annotations.Nullable;

/**
 * The members of a status, by all the names that the families have for them. What is not looked at stays in the details. So does a
 * hardware address, for a last will has none and is yet of the same voice; and a number that is none, for a status is worth keeping
 * without its signal strength.
 */
final class StatusMembers {
    private static final double MOST = 1e11;

    private long time = DeviceTime.NONE;
    private String word = "";
    private boolean isOnline;
    private boolean isOnlineGiven;
    private boolean hasVersion;
    private OptionalLong uptimeSeconds = OptionalLong.empty();
    private OptionalLong rssiDbm = OptionalLong.empty();
    private String firmware = "";
    private String model = "";

    /** Takes the member just reached. */
    void take(JsonReader json) {
        switch (json.tokenText("state")) {
            case "state" -> word = json.readText("state", "online");
            case "online" -> takeOnline(json);
            case "timestamp", "time", "ts" -> time = DeviceTime.read(json);
            case "uptime", "uptime_s", "uptime_seconds" -> uptimeSeconds = number(json);
            case "rssi", "rssi_dbm", "signal_strength_dbm" -> rssiDbm = number(json);
            case "wifi" -> takeWifi(json);
            case "fwVersion", "firmware", "firmware_version" -> firmware = text(json, firmware);
            case "model", "device_model" -> model = text(json, model);
            case "v" -> takeVersion(json);
            default -> json.skipValue();
        }
    }

    private void takeVersion(JsonReader json) {
        AlonaVersion.check(json);
        hasVersion = true;
    }

    private void takeOnline(JsonReader json) {
        byte next = json.peek();
        int position = json.position();
        json.skipValue();
        if (next != 't' && next != 'f') {
            throw json.unexpected(Cause.WRONG_TYPE, position, "online to be true or false");
        }
        isOnline = next == 't';
        isOnlineGiven = true;
    }

    private void takeWifi(JsonReader json) {
        if (json.peek() != '{') {
            json.skipValue();
            return;
        }
        json.enterObject();
        while (json.nextMember()) {
            if (json.nameIs("rssi")) {
                rssiDbm = number(json);
            } else {
                json.skipValue();
            }
        }
    }

    private static OptionalLong number(JsonReader json) {
        byte next = json.peek();
        json.skipValue();
        if (next != '-' && (next < '0' || next > '9')) {
            return OptionalLong.empty();
        }
        double number = Double.parseDouble(json.tokenText("0"));
        // No device is up for three thousand years.
        return Math.abs(number) > MOST ? OptionalLong.empty() : OptionalLong.of(Math.round(number));
    }

    private static String text(JsonReader json, String before) {
        byte next = json.peek();
        if (next == '{' || next == '[') {
            json.skipValue();
            return before;
        }
        return Locations.read(json, "", "");
    }

    /** In milliseconds since 1970, or {@link DeviceTime#NONE}. */
    long time() {
        return time;
    }

    boolean hasVersion() {
        return hasVersion;
    }

    /** Whether anything tells if the device is there. */
    boolean tellsState() {
        return isOnlineGiven || !word.isEmpty();
    }

    /** Who says anything is online, unless it says that it is not. */
    State state() {
        if (isOnlineGiven && !isOnline) {
            return State.OFFLINE;
        }
        State known = of(word);
        return known == null ? State.ONLINE : known;
    }

    Vitals vitals() {
        return new Vitals(of(word) == null ? Locations.cut(word) : "", uptimeSeconds, rssiDbm, firmware, model);
    }

    /** The state that this word means in all families; none if it means what a device is at. */
    static @Nullable State of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "online" -> State.ONLINE;
            case "offline" -> State.OFFLINE;
            case "updating" -> State.UPDATING;
            case "error" -> State.ERROR;
            default -> null;
        };
    }
}
