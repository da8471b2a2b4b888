package org.caravanhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.caravanhub.power.PowerState;
import org.caravanhub.power.PowerWatch;
import org.caravanhub.power.Profile;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.SettingsReader;
import org.caravanhub.settings.WrongSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person writes about power, and what it comes to. */
class ProfileWiringTest {
    @TempDir
    Path data;

    private ProfileWiring wiring(Map<String, String> environment) {
        return new ProfileWiring(
                SettingsReader.read(Path.of("."), environment, Map.of(Setting.DATA, data.toString()), null),
                Clock.systemUTC());
    }

    @Test
    void withoutAStationThereIsNothing() {
        ProfileWiring wiring = wiring(Map.of());
        wiring.check();
        assertThat(wiring.flows()).isEmpty();
        assertThat(wiring.health()).isEmpty();
        assertThat(wiring.watch()).isSameAs(PowerWatch.NONE);
        assertThat(wiring.updatesWait()).isEmpty();
    }

    @Test
    void whatContradictsItselfIsSaidAllAtOnce() {
        ProfileWiring wiring = wiring(Map.of("CARAVAN_POWER_STATION", "my station", "CARAVAN_POWER_FLOOR", "30"));
        assertThatThrownBy(wiring::check)
                .isInstanceOf(WrongSettings.class)
                .hasMessageContaining("CARAVAN_POWER_STATION: caravan.power.station is no device")
                .hasMessageContaining(
                        "caravan.power.floor is 30, and has to be less than caravan.power.saving-below, which is 30");
        ProfileWiring never = wiring(Map.of("CARAVAN_POWER_SAVING_BELOW", "99", "CARAVAN_POWER_FLOOR", "97"));
        assertThatThrownBy(never::check)
                .as("it would be over at 104 %")
                .hasMessageContaining("caravan.power.saving-below is 99, and is 95 at most");
        assertThatThrownBy(() -> wiring(Map.of("CARAVAN_POWER_FLOOR", "101")))
                .isInstanceOf(WrongSettings.class)
                .hasMessageContaining("percent, 0 to 100");
    }

    @Test
    void aStationIsAskedLessOftenButNotTooRarely() {
        PowerWatch saving = () -> new PowerState(
                Profile.SAVING,
                "van-battery",
                OptionalDouble.of(24),
                Optional.of(Instant.EPOCH),
                Optional.of(Instant.EPOCH),
                "Why.");
        Duration minute = Duration.ofMinutes(1);
        Duration gap = Duration.ofMinutes(10);
        assertThat(ProfileWiring.pace(minute, gap, PowerWatch.NONE)).isEqualTo(minute);
        assertThat(ProfileWiring.pace(minute, gap, saving)).isEqualTo(Duration.ofMinutes(5));
        assertThat(ProfileWiring.pace(minute.multipliedBy(3), gap, saving))
                .as("or there would be no energy at all")
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(ProfileWiring.pace(minute.multipliedBy(10), minute.multipliedBy(60), saving))
                .isEqualTo(Duration.ofMinutes(15));
        assertThat(ProfileWiring.pace(minute.multipliedBy(20), gap, saving)).isEqualTo(Duration.ofMinutes(20));
    }
}
