package org.caravanhub.reading;

import org.caravanhub.reading.Malformed.Cause;

/**
 * The time that a device gives, as milliseconds since 1970. Understood are ISO 8601 texts (see {@link IsoTime}), and seconds or
 * milliseconds since 1970 as a number or as a text of 10 or 13 digits. A time that cannot be read, or is not between 1970 and 2200, is a
 * {@link Cause#BAD_TIME}: no time is ever invented.
 */
final class DeviceTime {
    /** The device gave none: the field is missing, or null. */
    static final long NONE = Long.MIN_VALUE;
    /** There is something that is no time. */
    static final long UNREADABLE = Long.MAX_VALUE;

    private static final String EXPECTED =
            "a time such as \"2025-12-01T20:00:00Z\" or 1764619200, between 1970 and 2200";
    /** 2200-01-01T00:00:00Z. */
    private static final long TOO_LATE = 7_258_118_400_000L;
    /** 2020-01-01T00:00:00Z: before any of these devices was made. */
    private static final long CLOCKS_WERE_SET = 1_577_836_800_000L;
    /** As seconds this would be in the year 5138, as milliseconds in 1973. */
    private static final long MILLIS_FROM = 100_000_000_000L;

    private static final long FIVE_MINUTES = 5 * 60_000L;
    private static final long HOUR = 60 * 60_000L;

    private DeviceTime() {}

    /** Reads the value that comes next as a time; {@link #NONE} if it is null. */
    static long read(JsonReader json) {
        byte next = json.peek();
        int position = json.position();
        long time = UNREADABLE;
        if (next == '"') {
            json.readString();
            time = ofText(json.token(), json.tokenFrom(), json.tokenTo());
        } else if (next == 'n') {
            json.skipValue();
            return NONE;
        } else if (next == '-' || (next >= '0' && next <= '9')) {
            json.skipValue();
            time = ofNumber(json.token(), json.tokenFrom(), json.tokenTo());
        } else if (next != '{' && next != '[') {
            json.skipValue(); // what is no JSON at all is told as that
        }
        if (time < 0 || time >= TOO_LATE) {
            throw json.unexpected(Cause.BAD_TIME, position, EXPECTED);
        }
        return time;
    }

    /** Flag bits: what is doubtful about a device's time, seen from the time of receipt. */
    static int doubts(long measuredMillis, long receivedMillis) {
        int flags = 0;
        if (measuredMillis - receivedMillis > FIVE_MINUTES) {
            flags |= Flag.FUTURE.bit();
        }
        if (receivedMillis - measuredMillis > HOUR) {
            flags |= Flag.LATE.bit();
        }
        if (measuredMillis < CLOCKS_WERE_SET) {
            flags |= Flag.CLOCK_UNSURE.bit();
        }
        return flags;
    }

    private static long ofText(byte[] text, int from, int to) {
        int length = to - from;
        boolean isNumber = length == 10 || length == 13;
        for (int i = from; i < to && isNumber; i++) {
            isNumber = text[i] >= '0' && text[i] <= '9';
        }
        return isNumber ? ofNumber(text, from, to) : IsoTime.parse(text, from, to);
    }

    /** Seconds or, from 100,000,000,000 on, milliseconds; what is finer than a millisecond is cut off. */
    private static long ofNumber(byte[] text, int from, int to) {
        if (text[from] == '-' || JsonNumber.hasExponent(text, from, to)) {
            double number = JsonNumber.toDouble(text, from, to);
            return (long) (number < MILLIS_FROM ? Math.floor(number * 1000) : number);
        }
        long whole = 0;
        int i = from;
        while (i < to && text[i] != '.') {
            whole = Math.min(whole * 10 + (text[i] - '0'), MILLIS_FROM * 1000);
            i++;
        }
        if (whole >= MILLIS_FROM) {
            return whole;
        }
        int millis = 0;
        for (int digit = 1; digit <= 3; digit++) {
            millis = millis * 10 + (i + digit < to ? text[i + digit] - '0' : 0);
        }
        return whole * 1000 + millis;
    }
}
