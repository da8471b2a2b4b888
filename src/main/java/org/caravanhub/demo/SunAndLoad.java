package org.caravanhub.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** What a power station of 1 kWh lives through: what comes in follows the sun, what goes out a fridge and now and then a kettle. Of one thread. */
final class SunAndLoad {
    static final double CAPACITY_WH = 1024;
    private static final double PANEL_W = 220;
    private static final double FRIDGE_W = 45;
    private static final double KETTLE_W = 900;
    private static final double SECONDS_AN_HOUR = 3600;

    private final DailyCurve day;
    private final Random noise;
    private double chargeWh = CAPACITY_WH * 0.78;

    /**
     * A moment.
     *
     * @param solar W
     * @param fridge W
     * @param kettle W
     * @param percent of charge
     * @param warmth of the battery, °C
     */
    record Moment(double solar, double fridge, double kettle, double percent, double warmth) {
        double out() {
            return fridge + kettle;
        }
    }

    SunAndLoad(DailyCurve day, Random noise) {
        this.day = day;
        this.noise = noise;
    }

    /** @param lasted what flows now has flowed for so long */
    Moment at(Instant now, Duration lasted) {
        long minute = now.getEpochSecond() / 60;
        double solar = PANEL_W * day.sun(now) * (0.9 + noise.nextDouble() * 0.1);
        double fridge = minute % 30 < 12 ? FRIDGE_W + noise.nextGaussian() : 3;
        double kettle = minute % 240 < 3 ? KETTLE_W : 0;
        chargeWh += (solar - fridge - kettle) * lasted.toSeconds() / SECONDS_AN_HOUR;
        chargeWh = Math.min(CAPACITY_WH, Math.max(CAPACITY_WH * 0.05, chargeWh));
        return new Moment(solar, fridge, kettle, 100 * chargeWh / CAPACITY_WH, 22 + 5 * day.warmth(now));
    }
}
