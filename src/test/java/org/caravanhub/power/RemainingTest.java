package org.caravanhub.power;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.caravanhub.power.Remaining.From;
import org.caravanhub.power.Remaining.Until;
import org.junit.jupiter.api.Test;

class RemainingTest {
    /** What a Delta Pro and a Delta 2 said of themselves. */
    private static final Map<String, Double> DELTA_PRO = Map.of(
            "soc_percent", 38.0,
            "in_w", 0.0,
            "out_w", 155.0,
            "bms_v", 49.285,
            "bms_full_ah", 48.0,
            "min_discharge_percent", 5.0,
            "empty_min", 240.0,
            "remain_time_min", 240.0);

    private static final Map<String, Double> DELTA_2 = Map.of(
            "soc_percent", 85.0,
            "in_w", 0.0,
            "out_w", 43.0,
            "bms_v", 52.99,
            "bms_full_ah", 20.0,
            "full_min", 5939.0,
            "empty_min", 1765.0,
            "remain_time_min", 1765.0);

    @Test
    void aStationKnowsItsOwnLosses() {
        assertThat(Remaining.of(DELTA_PRO)).contains(new Remaining(Until.EMPTY, 240, 155, From.STATION));
        assertThat(Remaining.of(DELTA_2)).contains(new Remaining(Until.EMPTY, 1765, 43, From.STATION));
    }

    @Test
    void whatAStationHasNotRenewedIsReckonedFromWhatIsInIt() {
        Map<String, Double> kettle = with(DELTA_2, "out_w", 1800.0);

        // 20 Ah at 53 V, 85 % of it: 901 Wh.
        assertThat(Remaining.of(kettle)).contains(new Remaining(Until.EMPTY, 30, 1800, From.CAPACITY));
    }

    @Test
    void theSunMakesItTheTimeUntilItIsFullAndTheOtherFigureIsNotTaken() {
        Map<String, Double> sun = with(with(DELTA_PRO, "in_w", 296.0), "max_charge_percent", 80.0);

        // (80 - 38) % of 2366 Wh by 141 W; 240 minutes was the time until it is empty.
        assertThat(Remaining.of(sun)).contains(new Remaining(Until.FULL, 423, 141, From.CAPACITY));
    }

    @Test
    void atTheLimitItIsReached() {
        assertThat(Remaining.of(Map.of(
                        "soc_percent", 5.0,
                        "in_w", 0.0,
                        "out_w", 100.0,
                        "bms_v", 50.0,
                        "bms_full_ah", 40.0,
                        "min_discharge_percent", 10.0)))
                .contains(new Remaining(Until.EMPTY, 0, 100, From.CAPACITY));
    }

    @Test
    void nothingIsMadeUp() {
        assertThat(Remaining.of(Map.of())).isEmpty();
        assertThat(Remaining.of(with(DELTA_2, "out_w", 3.0))).isEmpty();
        assertThat(Remaining.of(Map.of("soc_percent", 50.0, "in_w", 0.0, "out_w", 100.0)))
                .isEmpty();
        assertThat(Remaining.of(Map.of("bms_v", 50.0, "bms_a", -2.0, "remain_time_min", 300.0)))
                .contains(new Remaining(Until.EMPTY, 300, 100, From.STATION));
    }

    private static Map<String, Double> with(Map<String, Double> metrics, String name, double value) {
        Map<String, Double> all = new java.util.HashMap<>(metrics);
        all.put(name, value);
        return all;
    }
}
