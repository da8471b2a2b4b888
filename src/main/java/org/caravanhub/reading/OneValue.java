package org.caravanhub.reading;

import java.nio.charset.StandardCharsets;
import org.caravanhub.reading.Malformed.Cause;

/** The members of a message that has one value: {@code value}, {@code unit} and a time. Others are not looked at. */
final class OneValue {
    private final String timeName;
    private long time = DeviceTime.NONE;
    private String unit = "";
    private String value = "";

    /** @param timeName what the family calls the time */
    OneValue(String timeName) {
        this.timeName = timeName;
    }

    /** Takes the member just reached. */
    void take(JsonReader json) {
        if (json.nameIs("value")) {
            value = readNumber(json);
        } else if (json.nameIs("unit")) {
            unit = json.readText("unit", "celsius");
        } else if (json.nameIs(timeName)) {
            time = DeviceTime.read(json);
        } else {
            json.skipValue();
        }
    }

    /** The digits as the device wrote them. */
    private static String readNumber(JsonReader json) {
        byte next = json.peek();
        int position = json.position();
        json.skipValue();
        if (next != '-' && (next < '0' || next > '9')) {
            throw json.unexpected(Cause.WRONG_TYPE, position, "value to be a number");
        }
        return json.tokenText("0");
    }

    /** In milliseconds since 1970, or {@link DeviceTime#NONE}. */
    long time() {
        return time;
    }

    /** As the device wrote it, empty if it gave none. */
    String unit() {
        return unit;
    }

    /** The digits, empty if there are none. */
    String value() {
        return value;
    }

    /** The value under this name; a flaw if there is none. */
    Metrics metrics(String name, String expected) {
        if (value.isEmpty()) {
            throw new Flaw(Cause.MISSING_FIELD, "value is missing; expected " + expected);
        }
        return Metrics.ofChecked(("{\"" + name + "\":" + value + "}").getBytes(StandardCharsets.UTF_8));
    }
}
