package org.caravanhub.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ForecastTest {
    private static final long MB = 1024 * 1024;
    private static final long DAY = 86_400_000;

    @Test
    void theRoomLastsAsLongAsTheLastWeekSays() {
        Forecast forecast = Forecast.of(27 * DAY, 100 * MB, 4096 * MB, free(90_000), Map.of(20L, 30 * MB));
        assertThat(forecast.bytesPerDay()).hasValue(10 * MB);
        assertThat(forecast.words()).isEqualTo("100 of 4096 MB are used, 10 MB more a day, full in 399 days");
    }

    @Test
    void aSmallDiskIsFullBeforeTheBudget() {
        Forecast forecast = Forecast.of(21 * DAY, 100 * MB, 4096 * MB, free(50), Map.of(20L, 90 * MB));
        assertThat(forecast.words()).isEqualTo("100 of 4096 MB are used, 10 MB more a day, full in 5 days (the disk)");
    }

    @Test
    void nothingIsForetoldOnTheFirstDayNorWithoutGrowth() {
        assertThat(Forecast.of(20 * DAY, MB, 4096 * MB, free(4096), Map.of()).words())
                .endsWith("growth is known after a day");
        assertThat(Forecast.of(25 * DAY, MB, 4096 * MB, free(4096), Map.of(20L, 2 * MB))
                        .words())
                .endsWith("and it does not grow");
    }

    @Test
    void aFullBudgetIsNoEnd() {
        assertThat(Forecast.of(25 * DAY, 4097 * MB, 4096 * MB, free(9000), Map.of())
                        .words())
                .endsWith("the oldest raw readings make room");
    }

    @Test
    void ofADiskElsewhereNothingIsKnown() {
        Forecast forecast = Forecast.of(27 * DAY, 100 * MB, 4096 * MB, OptionalLong.empty(), Map.of(20L, 30 * MB));
        assertThat(forecast.words()).isEqualTo("100 of 4096 MB are used, 10 MB more a day, full in 399 days");
        assertThat(forecast.isDiskFirst()).isFalse();
    }

    private static OptionalLong free(long megabytes) {
        return OptionalLong.of(megabytes * MB);
    }
}
