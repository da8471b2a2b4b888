package org.caravanhub.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A sensor tag in the van's cabin. Every fortieth message of it is cut off in the middle, so that quarantine is met early. */
final class VanClimate implements EmulatedDevice {
    private static final int SOUND_MESSAGES = 39;

    private final DailyCurve day;
    private final Random noise;
    private long spoken;

    VanClimate(DailyCurve day, Random noise) {
        this.day = day;
        this.noise = noise;
    }

    @Override
    public String id() {
        return "demo-van-climate";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(1);
    }

    @Override
    public List<String> speak(Instant now) {
        double temperature = 19 + 6 * day.warmth(now) + noise.nextGaussian() * 0.05;
        Payload payload = Payload.at(now)
                .with("temperature_c", temperature, 2)
                .with("humidity_percent", 52 - 1.8 * (temperature - 19) + noise.nextGaussian() * 0.2, 1)
                .with("pressure_hpa", 1011.5 + Math.sin(now.getEpochSecond() / 40_000.0) * 6, 1)
                .with("battery_mv", 2975 - noise.nextInt(3), 0);
        String text = payload.json();
        // The tenth first: a visitor does not wait for the fortieth.
        boolean broken = spoken++ % (SOUND_MESSAGES + 1) == 9;
        return List.of(broken ? text.substring(0, text.length() / 2) : text);
    }
}
