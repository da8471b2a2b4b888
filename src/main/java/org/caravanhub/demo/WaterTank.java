package org.caravanhub.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The water tank's node has a weak radio: for two minutes of every ten it is out of reach. It buffers meanwhile, and then sends
 * everything in one message, each reading with its own time.
 */
final class WaterTank implements EmulatedDevice {
    /** Ten minutes of five seconds, of which it is heard in the first eight: a visitor meets it at once. */
    private static final long MOMENTS_A_CYCLE = 120;

    private static final long MOMENTS_IN_REACH = 96;
    private static final double LITRES = 70;
    private static final double SECONDS_A_DAY = 86_400;

    private final Random noise;
    private final List<String> buffer = new ArrayList<>();
    private long moments;

    WaterTank(Random noise) {
        this.noise = noise;
    }

    @Override
    public String id() {
        return "demo-water-tank";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(5);
    }

    @Override
    public List<String> speak(Instant now) {
        double usedToday = (now.getEpochSecond() % (2 * SECONDS_A_DAY)) / (2 * SECONDS_A_DAY);
        double litres = LITRES * (1 - 0.8 * usedToday);
        buffer.add(Payload.at(now)
                .with("level_percent", 100 * litres / LITRES + noise.nextGaussian() * 0.3, 1)
                .with("volume_l", litres, 1)
                .with("rssi_dbm", -84 + noise.nextInt(5), 0)
                .json());
        if (moments++ % MOMENTS_A_CYCLE >= MOMENTS_IN_REACH) {
            return List.of();
        }
        String payload = buffer.size() == 1 ? buffer.get(0) : "[" + String.join(",", buffer) + "]";
        buffer.clear();
        return List.of(payload);
    }
}
