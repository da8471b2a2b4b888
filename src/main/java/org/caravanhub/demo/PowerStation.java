package org.caravanhub.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A power station with a solar panel: what comes in follows the sun, what goes out the fridge and now and then a kettle. */
final class PowerStation implements EmulatedDevice {
    private static final double CAPACITY_WH = 1024;
    private static final double PANEL_W = 220;
    private static final double FRIDGE_W = 45;
    private static final double KETTLE_W = 900;
    private static final double SECONDS_AN_HOUR = 3600;

    private final DailyCurve day;
    private final Random noise;
    private double chargeWh = CAPACITY_WH * 0.78;

    PowerStation(DailyCurve day, Random noise) {
        this.day = day;
        this.noise = noise;
    }

    @Override
    public String id() {
        return "demo-ecoflow";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(2);
    }

    @Override
    public List<String> speak(Instant now) {
        long minute = now.getEpochSecond() / 60;
        double solar = PANEL_W * day.sun(now) * (0.9 + noise.nextDouble() * 0.1);
        double fridge = minute % 30 < 12 ? FRIDGE_W + noise.nextGaussian() : 3;
        double kettle = minute % 240 < 3 ? KETTLE_W : 0;
        double out = fridge + kettle;
        chargeWh += (solar - out) * period().toSeconds() / SECONDS_AN_HOUR;
        chargeWh = Math.min(CAPACITY_WH, Math.max(CAPACITY_WH * 0.05, chargeWh));
        return List.of(Payload.at(now)
                .with("soc_percent", 100 * chargeWh / CAPACITY_WH, 0)
                .with("solar_w", solar, 0)
                .with("ac_out_w", kettle, 0)
                .with("dc_out_w", fridge, 0)
                .with("in_w", solar, 0)
                .with("out_w", out, 0)
                .with("bms_temp_c", 22 + 5 * day.warmth(now), 1)
                .json());
    }
}
