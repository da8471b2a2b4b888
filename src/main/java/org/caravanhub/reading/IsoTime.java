package org.caravanhub.reading;

/**
 * ISO 8601 times as devices write them, read by hand because every reading has one: {@code 2025-12-01T20:00:00Z}; a space
 * instead of the T; without seconds; with a fraction; with an offset ({@code +02:00}, {@code +0200}, {@code +02}) or none, which is UTC; a date
 * alone, also as {@code 20251201}, is its midnight in UTC. A leap second is the second after it.
 *
 * <p>One value is read by one object, which moves along the text.
 */
final class IsoTime {
    private static final byte[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private final byte[] text;
    private final int end;
    private int at;
    private boolean failed;

    private IsoTime(byte[] text, int from, int to) {
        this.text = text;
        this.at = from;
        this.end = to;
    }

    /** Milliseconds since 1970, or {@link DeviceTime#UNREADABLE}. Finer fractions are cut off. */
    static long parse(byte[] text, int from, int to) {
        IsoTime time = new IsoTime(text, from, to);
        long millis = time.dateAndTime();
        return time.failed || time.at < to ? DeviceTime.UNREADABLE : millis;
    }

    private long dateAndTime() {
        int year = number(4, 0, 9999);
        boolean dashes = take('-');
        int month = number(2, 1, 12);
        failed |= dashes && !take('-');
        int day = number(2, 1, 31);
        failed |= day > daysIn(year, month);
        long millis = daysSince1970(year, month, day) * 86_400_000L;
        if (failed || at == end) {
            return millis;
        }
        failed |= !dashes || !(take('T') || take('t') || take(' '));
        millis += number(2, 0, 23) * 3_600_000L;
        failed |= !take(':');
        millis += number(2, 0, 59) * 60_000L;
        if (take(':')) {
            millis += number(2, 0, 60) * 1000L;
            if (take('.') || take(',')) {
                millis += fraction();
            }
        }
        return millis - offset();
    }

    private int fraction() {
        failed |= at == end || !isDigit();
        int millis = 0;
        for (int weight = 100; at < end && isDigit(); weight /= 10) {
            millis += weight * (text[at++] - '0');
        }
        return millis;
    }

    private long offset() {
        if (at == end || take('Z') || take('z')) {
            return 0;
        }
        boolean west = take('-');
        failed |= !west && !take('+');
        long millis = number(2, 0, 18) * 3_600_000L;
        if (take(':') || at < end) {
            millis += number(2, 0, 59) * 60_000L;
        }
        return west ? -millis : millis;
    }

    private boolean take(char expected) {
        if (at < end && text[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private boolean isDigit() {
        return text[at] >= '0' && text[at] <= '9';
    }

    private int number(int digits, int least, int most) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            if (at == end || !isDigit()) {
                failed = true;
                return least;
            }
            value = value * 10 + (text[at++] - '0');
        }
        failed |= value < least || value > most;
        return Math.max(least, Math.min(value, most));
    }

    private static int daysIn(int year, int month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 && leap ? 29 : DAYS[month - 1];
    }

    /** Years are counted from March, so that the leap day is the last of its year; 719,468 days lie between 0000-03-01 and 1970. */
    private static long daysSince1970(int year, int month, int day) {
        long years = month <= 2 ? year - 1L : year;
        int months = (month + 9) % 12;
        return years * 365
                + Math.floorDiv(years, 4L)
                - Math.floorDiv(years, 100L)
                + Math.floorDiv(years, 400L)
                + (months * 153 + 2) / 5
                + day
                - 1
                - 719_468;
    }
}
