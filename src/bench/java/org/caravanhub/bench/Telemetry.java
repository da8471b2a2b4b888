package org.caravanhub.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What a van full of sensors says: of ten devices seven are Ruuvi tags (11 metrics), one a heater, one a power station, one a flow
 * meter. The metrics of a device at a moment are a function of both, so that every run, and every contender, gets the same bytes.
 */
final class Telemetry {
    /** The first moment of measuring: 2025-12-01T00:00:00Z, in milliseconds. */
    static final long START_MILLIS = 1_764_547_200_000L;

    private static final String[] PLACES = {
        "cabin", "roof", "van_inside", "fridge", "garage", "engine", "outside", "tank"
    };

    private final StringBuilder text = new StringBuilder(512);
    private long random;

    /** {@code ruuvi_roof_001}, {@code webasto_007}: kind, place and number. */
    static String device(int number) {
        String suffix = "_" + (1000 + number % 1000 + "").substring(1) + (number < 1000 ? "" : "_" + number / 1000);
        return switch (number % 10) {
            case 7 -> "webasto" + suffix;
            case 8 -> "ecoflow" + suffix;
            case 9 -> "coolant" + suffix;
            default -> "ruuvi_" + place(number) + suffix;
        };
    }

    /** The part of the installation that a device belongs to. */
    static String system(int number) {
        return switch (number % 10) {
            case 7 -> "heater";
            case 8 -> "power";
            case 9 -> "flow";
            default -> "sensors";
        };
    }

    static String place(int number) {
        return PLACES[number % PLACES.length];
    }

    /** The metrics of a device's {@code sequence}-th message: a JSON object in UTF-8, 221 bytes on average. */
    byte[] metrics(int device, long sequence) {
        text.setLength(0);
        appendMetrics(device, sequence);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The whole message of a device of the paku hierarchy, 356 bytes on average. */
    byte[] payload(int device, long sequence, long measuredAtMillis) {
        text.setLength(0);
        text.append("{\"timestamp\": \"").append(Instant.ofEpochMilli(measuredAtMillis));
        text.append("\", \"device_id\": \"").append(device(device));
        text.append("\", \"location\": \"").append(place(device));
        text.append("\", \"mac\": \"AA:BB:CC:")
                .append(hex(device >> 16))
                .append(':')
                .append(hex(device >> 8));
        text.append(':').append(hex(device)).append("\", \"metrics\": ");
        appendMetrics(device, sequence);
        text.append('}');
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** One of the ways in which a message can be wrong; {@code kind} from 0 to 4. */
    byte[] malformed(int kind, int device, long sequence, long measuredAtMillis) {
        byte[] good = payload(device, sequence, measuredAtMillis);
        String message = new String(good, StandardCharsets.UTF_8);
        int metrics = message.indexOf(", \"metrics\"");
        ByteArrayOutputStream bad = new ByteArrayOutputStream();
        switch (kind) {
            case 0 -> bad.write(good, 0, good.length * 2 / 3);
            case 1 -> bad.writeBytes("temperature=21.5;humidity=45".getBytes(StandardCharsets.UTF_8));
            case 2 ->
                bad.writeBytes((message.substring(0, metrics) + ", \"metrics\": {}}").getBytes(StandardCharsets.UTF_8));
            case 3 ->
                bad.writeBytes(
                        (message.substring(0, metrics) + ", \"metrics\": \"n/a\"}").getBytes(StandardCharsets.UTF_8));
            default -> bad.writeBytes((message.substring(0, metrics) + "}").getBytes(StandardCharsets.UTF_8));
        }
        return bad.toByteArray();
    }

    private void appendMetrics(int device, long sequence) {
        random = sequence * 131_071L + device;
        switch (device % 10) {
            case 7 -> {
                decimal("{\"temperature_in_c\": ", 150, 220, 1);
                decimal(", \"temperature_out_c\": ", 400, 800, 1);
                whole(", \"power_w\": ", 0, 2000);
                whole(", \"pump_speed_percent\": ", 0, 100);
                text.append(", \"status\": ").append(between(0, 1) == 0 ? "\"heating\"}" : "\"idle\"}");
            }
            case 8 -> {
                decimal("{\"voltage_v\": ", 1200, 1440, 2);
                decimal(", \"current_a\": ", -2000, 2000, 2);
                decimal(", \"power_w\": ", -25_000, 25_000, 2);
                whole(", \"state_of_charge_percent\": ", 10, 100);
                whole(", \"remaining_capacity_wh\": ", 300, 3600);
                text.append('}');
            }
            case 9 -> {
                decimal("{\"flow_rate_lpm\": ", 0, 80, 1);
                decimal(", \"total_volume_l\": ", 1000 + sequence, 1000 + sequence, 1);
                whole(", \"pulse_count\": ", 10_000 + sequence * 10, 10_000 + sequence * 10);
                text.append('}');
            }
            default -> {
                decimal("{\"temperature_c\": ", 180, 250, 1);
                decimal(", \"humidity_percent\": ", 350, 550, 1);
                decimal(", \"pressure_hpa\": ", 9900, 10_200, 1);
                whole(", \"acceleration_x_mg\": ", -50, 50);
                whole(", \"acceleration_y_mg\": ", -50, 50);
                whole(", \"acceleration_z_mg\": ", 980, 1050);
                whole(", \"acceleration_total_mg\": ", 980, 1060);
                text.append(", \"tx_power_dbm\": 4");
                whole(", \"movement_counter\": ", 0, 255);
                whole(", \"measurement_sequence\": ", sequence & 65_535, sequence & 65_535);
                whole(", \"battery_mv\": ", 2800, 3000);
                text.append('}');
            }
        }
    }

    private void whole(String name, long low, long high) {
        text.append(name).append(between(low, high));
    }

    /** A number with {@code digits} after the point, given as multiples of its last digit. */
    private void decimal(String name, long low, long high, int digits) {
        long value = between(low, high);
        long unit = digits == 1 ? 10 : 100;
        text.append(name);
        if (value < 0) {
            text.append('-');
        }
        text.append(Math.abs(value) / unit).append('.');
        if (unit == 100 && Math.abs(value) % 100 < 10) {
            text.append('0');
        }
        text.append(Math.abs(value) % unit);
    }

    private long between(long low, long high) {
        random += 0x9e3779b97f4a7c15L;
        long mixed = (random ^ (random >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return low + Long.remainderUnsigned(mixed ^ (mixed >>> 31), high - low + 1);
    }

    private static String hex(int value) {
        return Integer.toHexString(256 + (value & 255)).substring(1).toUpperCase(java.util.Locale.ROOT);
    }
}
