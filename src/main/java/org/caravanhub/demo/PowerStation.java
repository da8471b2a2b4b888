package org.caravanhub.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A power station with a solar panel that tells over MQTT. */
final class PowerStation implements EmulatedDevice {
    private final SunAndLoad life;

    PowerStation(DailyCurve day, Random noise) {
        life = new SunAndLoad(day, noise);
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
        SunAndLoad.Moment moment = life.at(now, period());
        return List.of(Payload.at(now)
                .with("soc_percent", moment.percent(), 0)
                .with("solar_w", moment.solar(), 0)
                .with("ac_out_w", moment.kettle(), 0)
                .with("dc_out_w", moment.fridge(), 0)
                .with("in_w", moment.solar(), 0)
                .with("out_w", moment.out(), 0)
                .with("bms_temp_c", moment.warmth(), 1)
                .json());
    }
}
