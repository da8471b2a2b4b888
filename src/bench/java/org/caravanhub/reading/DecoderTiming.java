package org.caravanhub.reading;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.caravanhub.message.Message;

/**
 * How long a paku reading takes to decode: round 0 is the first 20,000 of a fresh process, the others are warm. The messages are those of
 * a drain: of ten devices seven are Ruuvi tags, one a heater, one a battery, one a pump; 100 devices. With {@code jackson} as
 * argument the same bytes are only walked by Jackson's streaming parser with strict duplicate detection, for comparison. Told is the CPU time of
 * the one thread that works, so that a busy machine does not spoil it.
 *
 * <pre>{@code
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp target/test-classes:target/classes:$(cat target/classpath) org.caravanhub.reading.DecoderTiming [jackson]
 * }</pre>
 */
public final class DecoderTiming {
    private static final int BATCH = 500;
    private static final int MESSAGES = 20_000;

    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

    private DecoderTiming() {}

    /** What is timed; answers how many readings it made. */
    private interface Work {
        long on(List<Message> batch) throws IOException;
    }

    public static void main(String[] args) throws IOException {
        Work work = args.length > 0 && args[0].equals("jackson") ? walking() : decoding();
        List<List<Message>> batches = batches();
        long readings = 0;
        for (int round = 0; round <= 40; round++) {
            long begun = THREAD.getCurrentThreadCpuTime();
            for (List<Message> batch : batches) {
                readings += work.on(batch);
            }
            if (round % 10 == 0) {
                double microseconds = (THREAD.getCurrentThreadCpuTime() - begun) / 1e3 / MESSAGES;
                System.out.printf(Locale.ROOT, "round=%d microseconds_a_message=%.2f%n", round, microseconds);
            }
        }
        System.out.println("readings=" + readings);
    }

    private static Work decoding() {
        PakuDataDecoder decoder = new PakuDataDecoder();
        return batch -> decode(decoder, batch);
    }

    private static Work walking() {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return batch -> walk(factory, batch);
    }

    private static long decode(PakuDataDecoder decoder, List<Message> batch) {
        long readings = 0;
        for (Outcome outcome : decoder.decode(batch)) {
            readings += outcome instanceof Reading ? 1 : 0;
        }
        return readings;
    }

    private static long walk(JsonFactory factory, List<Message> batch) throws IOException {
        for (Message message : batch) {
            try (JsonParser parser = factory.createParser(message.payload())) {
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    if (token == JsonToken.VALUE_STRING) {
                        parser.getText();
                    }
                }
            }
        }
        return batch.size();
    }

    private static List<List<Message>> batches() {
        Random random = new Random(1);
        List<List<Message>> batches = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            if (i % BATCH == 0) {
                batches.add(new ArrayList<>(BATCH));
            }
            batches.get(batches.size() - 1).add(message(i, random));
        }
        return batches;
    }

    private static Message message(int i, Random random) {
        int device = i % 100;
        String system = "sensors";
        String id = "ruuvi_van_inside_" + device;
        String metrics = "{\"temperature_c\": 21.4, \"humidity_percent\": 41." + random.nextInt(10)
                + ", \"pressure_hpa\": 1003.2, \"acceleration_x_mg\": 12, \"acceleration_y_mg\": -7, \"acceleration_z_mg\": 1012,"
                + " \"acceleration_total_mg\": 1013, \"tx_power_dbm\": 4, \"movement_counter\": " + random.nextInt(256)
                + ", \"measurement_sequence\": " + i + ", \"battery_mv\": 2912}";
        switch (device % 10) {
            case 7 -> {
                system = "heater";
                id = "webasto_" + device;
                metrics =
                        "{\"temperature_in_c\": 18.2, \"temperature_out_c\": 61.0, \"power_w\": 1200, \"pump_speed_percent\": 40,"
                                + " \"status\": \"heating\"}";
            }
            case 8 -> {
                system = "power";
                id = "ecoflow_" + device;
                metrics =
                        "{\"voltage_v\": 13.21, \"current_a\": -4.50, \"power_w\": -59.40, \"state_of_charge_percent\": 71,"
                                + " \"remaining_capacity_wh\": 2556}";
            }
            case 9 -> {
                system = "flow";
                id = "coolant_" + device;
                metrics = "{\"flow_rate_lpm\": 4.2, \"total_volume_l\": 117.3, \"pulse_count\": 10370}";
            }
            default -> {}
        }
        Instant time = Instant.ofEpochSecond(1_764_547_200L + i / 100);
        String payload = String.format(
                Locale.ROOT,
                "{\"timestamp\": \"%s\", \"device_id\": \"%s\", \"location\": \"van_inside\", \"mac\": \"AA:BB:CC:00:00:%02X\", \"metrics\": %s}",
                time,
                id,
                device,
                metrics);
        String topic = new String(
                ("paku/" + system + "/" + id + "/data").getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return Message.of(topic, payload.getBytes(StandardCharsets.UTF_8), time.plusSeconds(1));
    }
}
