package org.caravanhub.ota.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.caravanhub.ota.version.VersionOrder.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VersionOrderTest {
    /** The example of semver.org, each before all that follow. */
    @Test
    void earlyVersionsComeInTheOrderOfSemver() {
        List<String> inOrder = List.of(
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0");
        for (int i = 0; i < inOrder.size(); i++) {
            for (int j = 0; j < inOrder.size(); j++) {
                assertThat(VersionOrder.compare(inOrder.get(i), inOrder.get(j)))
                        .as("%s to %s", inOrder.get(i), inOrder.get(j))
                        .isEqualTo(Order.of(Integer.compare(i, j)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0, 0.0.0-foo",
        "0.0.1, 0.0.0",
        "1.0.0, 0.9.9",
        "0.10.0, 0.9.0",
        "0.99.0, 0.10.0",
        "2.0.0, 1.2.3",
        "v0.0.0, 0.0.0-foo",
        "v1.0.0, 0.9.9",
        "0.10.0, v0.9.0",
        "1.2.3, 1.2.3-asdf",
        "1.2.3, 1.2.3-4",
        "1.2.3, 1.2.3-4-foo",
        "1.2.3-5-foo, 1.2.3-5",
        "1.2.3-5, 1.2.3-4",
        "1.2.3-5-foo, 1.2.3-5-Foo",
        "3.0.0, 2.7.2+asdf",
        "1.2.3-a.10, 1.2.3-a.5",
        "1.2.3-a.b, 1.2.3-a.5",
        "1.2.3-a.b, 1.2.3-a",
        "1.2.3-a.b.c.10.d.5, 1.2.3-a.b.c.5.d.100",
        "1.2.3-r2, 1.2.3-r100",
        "1.2.3-r100, 1.2.3-R2",
        "1.0.0-rc1, 1.0.0-RC1",
        "1.0.99999999999999999999, 1.0.99999999999999999998",
        "1.0.0-99999999999999999999, 1.0.0-9999999999999999999",
        "2024.06.1, 2024.5.4",
        "2024.12.0, 2024.06.1",
        "10.0.0.4, 10.0.0.3",
        "10.0.0.10, 10.0.0.4",
        "10.0.0.4, 10.0.0",
        "13.1, 13.0.0.4"
    })
    void theFirstIsNewer(String newer, String older) {
        assertThat(VersionOrder.compare(newer, older)).isEqualTo(Order.NEWER);
        assertThat(VersionOrder.compare(older, newer)).isEqualTo(Order.OLDER);
        assertThat(VersionOrder.isNewer(newer, older)).isTrue();
        assertThat(VersionOrder.isOlder(newer, older)).isFalse();
        assertThat(VersionOrder.isOlder(older, newer)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3+build, 1.2.3+otherbuild",
        "1.2.3-beta+build, 1.2.3-beta+otherbuild",
        "v1.2.3, 1.2.3",
        "V1.2.3, 1.2.3",
        "=1.2.3, 1.2.3",
        "' v 1.2.3', 1.2.3",
        "2024.06.1, 2024.6.1",
        "10.0.0, 10.0.0.0",
        "a1b2c3d-20251208-153045, a1b2c3d-20251208-153045"
    })
    void bothAreTheSame(String one, String other) {
        assertThat(VersionOrder.compare(one, other)).isEqualTo(Order.SAME);
        assertThat(VersionOrder.compare(other, one)).isEqualTo(Order.SAME);
    }

    @ParameterizedTest
    @CsvSource({
        "v1.13.1-2-gb295815-dirty, v1.13.1",
        "v1.13.1-2-gb295815, v1.13.0",
        "1.0.0-rc.1-14-g0a1b2c3, 1.0.0",
        "1.13.1-dirty, 1.13.1",
        "qa-test-v5.0-20220830-4-g4532e6, 5.0.0",
        "a1b2c3d-20251208-153045, b2c3d4e-20251209-101500",
        "1234567-20251208-153045, 1.0.0",
        "1.0.0-rc.01, 1.0.0",
        "vv1.2.3, 1.2.3",
        "41, 42",
        "'', 1.2.3",
        "1.2.3-, 1.2.3",
        "1..2, 1.2",
        "١.٢.٣, 1.2.3",
        "1.2.3, 'main'"
    })
    void nobodyCanTell(String one, String other) {
        assertThat(VersionOrder.compare(one, other)).isEqualTo(Order.UNORDERED);
        assertThat(VersionOrder.compare(other, one)).isEqualTo(Order.UNORDERED);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 100_000})
    void noVersionIsTooLongToBeRefusedAnOrder(int length) {
        String longOne = "1.0." + "9".repeat(length);
        assertThat(VersionOrder.compare(longOne, "1.0.0")).isEqualTo(Order.UNORDERED);
        assertThat(VersionOrder.compare("1.0.0-" + "a.".repeat(length) + "a", "1.0.0"))
                .isEqualTo(Order.UNORDERED);
    }

    /** An image keeps 31 bytes of a version; a device tells no more. */
    @ParameterizedTest
    @CsvSource({
        "qa-test-v5.0-20220830-4-g4532e6, qa-test-v5.0-20220830-4-g4532e6f-dirty, true",
        "qa-test-v5.0-20220830-4-g4532e6f-dirty, qa-test-v5.0-20220830-4-g4532e6, true",
        "qa-test-v5.0-20220830-4-g4532e, qa-test-v5.0-20220830-4-g4532e6f, false",
        "1.2.3, 1.2.30, false",
        "1.2.3, 1.2.3, true",
        "v1.2.3, 1.2.3, false",
        "hütten-übersicht-1.0.0-beta.1, hütten-übersicht-1.0.0-beta.10, true",
        "hütten-übersicht-1.0.0-beta.ab, hütten-übersicht-1.0.0-beta.abc, false",
        "hütte-und-wagen-1.0.0-beta.12a, hütte-und-wagen-1.0.0-beta.12abc, true"
    })
    void aCutVersionCouldBeTheWhole(String told, String published, boolean isSo) {
        assertThat(VersionOrder.couldBe(told, published)).isEqualTo(isSo);
    }
}
