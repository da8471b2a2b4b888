package org.caravanhub.reading;

import org.caravanhub.reading.Malformed.Cause;

/**
 * Ruuvi's data formats 3, 5, C5, 6 and E1, big-endian, as <a href="https://docs.ruuvi.com/">Ruuvi's documentation</a> describes them.
 * A value that the tag marks as not available is left out. Of one message.
 */
final class RuuviFormat {
    private static final int NOT_AVAILABLE_16 = 0xffff;
    private static final int NOT_AVAILABLE_SIGNED = -0x8000;

    private final byte[] bytes;
    private final int from;
    private final MetricsWriter metrics;

    private RuuviFormat(RuuviAdvertisement advertisement, MetricsWriter metrics) {
        this.bytes = advertisement.bytes();
        this.from = advertisement.from();
        this.metrics = metrics;
    }

    /** Writes what the tag measured; a flaw if its format is not known, or not as long as it must be. */
    static void decode(RuuviAdvertisement advertisement, MetricsWriter metrics) {
        RuuviFormat data = new RuuviFormat(advertisement, metrics);
        int format = data.u8(0);
        int length = advertisement.length();
        switch (format) {
            case 0x03 -> data.format3(length);
            case 0x05 -> data.format5(length);
            case 0xc5 -> data.formatC5(length);
            case 0x06 -> data.format6(length);
            case 0xe1 -> data.formatE1(length);
            default ->
                throw new Flaw(
                        Cause.UNKNOWN_VERSION,
                        "Ruuvi's data format " + Integer.toHexString(format)
                                + " is not known; known are 3, 5, c5, 6 and e1");
        }
    }

    /** No code for what is not available; the temperature is a sign, whole degrees and hundredths. */
    private void format3(int length) {
        mustBe(14, length);
        int hundredths = (u8(2) & 0x7f) * 100 + u8(3);
        metrics.number("temperature_c", (u8(2) & 0x80) == 0 ? hundredths : -hundredths, 2);
        metrics.number("humidity_percent", u8(1) * 5L, 1);
        metrics.number("pressure_hpa", 50_000L + u16(4), 2);
        acceleration(6);
        metrics.number("battery_mv", u16(12), 0);
    }

    private void format5(int length) {
        mustBe(24, length);
        climate();
        acceleration(7);
        power(13);
        counters(15);
    }

    private void formatC5(int length) {
        mustBe(18, length);
        climate();
        power(7);
        counters(9);
    }

    private void format6(int length) {
        mustBe(20, length);
        climate();
        tenths("pm2_5_ugm3", 7);
        whole("co2_ppm", u16(9), NOT_AVAILABLE_16);
        gases(11, 12, 16);
        int code = u8(13);
        if (code != 0xff) {
            double lux = Math.exp(code * Math.log(65_536) / 254) - 1;
            metrics.number("luminosity_lux", Math.round(lux * 100), 2);
        }
        metrics.number("measurement_sequence", u8(15), 0);
        metrics.truth("calibrating", (u8(16) & 1) == 1);
    }

    private void formatE1(int length) {
        mustBe(40, length);
        climate();
        tenths("pm1_ugm3", 7);
        tenths("pm2_5_ugm3", 9);
        tenths("pm4_ugm3", 11);
        tenths("pm10_ugm3", 13);
        whole("co2_ppm", u16(15), NOT_AVAILABLE_16);
        gases(17, 18, 28);
        if (u24(19) != 0xffffff) {
            metrics.number("luminosity_lux", u24(19), 2);
        }
        whole("measurement_sequence", u24(25), 0xffffff);
        metrics.truth("calibrating", (u8(28) & 1) == 1);
    }

    private void climate() {
        if (s16(1) != NOT_AVAILABLE_SIGNED) {
            metrics.number("temperature_c", s16(1) * 5L, 3);
        }
        if (u16(3) != NOT_AVAILABLE_16) {
            metrics.number("humidity_percent", u16(3) * 25L, 4);
        }
        if (u16(5) != NOT_AVAILABLE_16) {
            metrics.number("pressure_hpa", 50_000L + u16(5), 2);
        }
    }

    private void acceleration(int at) {
        whole("acceleration_x_mg", s16(at), NOT_AVAILABLE_SIGNED);
        whole("acceleration_y_mg", s16(at + 2), NOT_AVAILABLE_SIGNED);
        whole("acceleration_z_mg", s16(at + 4), NOT_AVAILABLE_SIGNED);
    }

    /** Eleven bits of millivolts above 1,600, five of two decibels above -40. */
    private void power(int at) {
        int battery = u16(at) >> 5;
        if (battery != 2047) {
            metrics.number("battery_mv", 1600L + battery, 0);
        }
        int radio = u16(at) & 31;
        if (radio != 31) {
            metrics.number("tx_power_dbm", 2L * radio - 40, 0);
        }
    }

    private void counters(int at) {
        whole("movement_counter", u8(at), 0xff);
        whole("measurement_sequence", u16(at + 1), NOT_AVAILABLE_16);
    }

    /** Nine bits each, whose lowest are among the flags. */
    private void gases(int vocAt, int noxAt, int flagsAt) {
        int flags = u8(flagsAt);
        whole("voc_index", u8(vocAt) << 1 | flags >> 6 & 1, 511);
        whole("nox_index", u8(noxAt) << 1 | flags >> 7 & 1, 511);
    }

    private void tenths(String name, int at) {
        if (u16(at) != NOT_AVAILABLE_16) {
            metrics.number(name, u16(at), 1);
        }
    }

    private void whole(String name, int value, int notAvailable) {
        if (value != notAvailable) {
            metrics.number(name, value, 0);
        }
    }

    private void mustBe(int expected, int length) {
        if (length != expected) {
            throw new Flaw(
                    Cause.WRONG_TYPE,
                    "Ruuvi's data format " + Integer.toHexString(u8(0)) + " has " + expected + " bytes; here are "
                            + length);
        }
    }

    private int u8(int at) {
        return bytes[from + at] & 0xff;
    }

    private int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    private int s16(int at) {
        return (short) u16(at);
    }

    private int u24(int at) {
        return u16(at) << 8 | u8(at + 2);
    }
}
