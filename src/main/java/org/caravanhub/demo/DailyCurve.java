package org.caravanhub.demo;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/** How sun and warmth go through a day, in the hub's time zone. */
final class DailyCurve {
    private static final double SUNRISE = 6;
    private static final double SUNSET = 20;
    private static final double SECONDS_AN_HOUR = 3600;

    private final ZoneId zone;

    DailyCurve(ZoneId zone) {
        this.zone = zone;
    }

    /** Height of the sun: 0 from dusk to dawn, 1 at its highest, at one in the afternoon. */
    double sun(Instant now) {
        double hour = hour(now);
        return hour <= SUNRISE || hour >= SUNSET ? 0 : Math.sin(Math.PI * (hour - SUNRISE) / (SUNSET - SUNRISE));
    }

    /** Warmth of the air: −1 at three in the night, 1 at three in the afternoon. */
    double warmth(Instant now) {
        return -Math.cos(2 * Math.PI * (hour(now) - 3) / 24);
    }

    private double hour(Instant now) {
        return LocalTime.ofInstant(now, zone).toSecondOfDay() / SECONDS_AN_HOUR;
    }
}
