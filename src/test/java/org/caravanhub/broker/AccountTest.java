package org.caravanhub.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTest {
    private static final PasswordHash HASH = PasswordHash.of("secret");

    @Test
    void aHashThatMosquittoMadeIsVerified() {
        // mosquitto_passwd 2.0.11 for the password "open sesame"
        PasswordHash made = PasswordHash.parse(
                "$7$101$v25ltnHJWyxv6jnn$ewqofMygn2+jFIDYRr/mCkc7iY9Nos64QTavnmrBAkS9+twzxYX+sThpLRHhy2cNuC/xAe78xO+N90f5CQQ5CQ==");

        assertThat(made.matches("open sesame")).isTrue();
        assertThat(made.matches("open sesam")).isFalse();
        assertThat(PasswordHash.parse(made.text())).isEqualTo(made);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "$6$c2FsdA==$aGFzaA==",
                "$7$0$AAAAAAAAAAAAAAAA$AA==",
                "$7$x$AA==$AA==",
                "$7$101$*$*"
            })
    void whatIsNoHashIsNotQuoted(String text) {
        assertThatThrownBy(() -> PasswordHash.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a/b",
                "+",
                "#",
                "$SYS",
                "a b",
                "bob\nuser admin\ntopic #",
                "a:b",
                "nul\0",
                "\u0430dmin",
                "%c"
            })
    void aNameThatCouldAddALineIsRefused(String user) {
        assertThatThrownBy(() -> new Account(user, HASH, TopicRules.EVERYTHING))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a#", "#/a", "a+/b", " a", "a ", "a\ntopic readwrite #", "a\0", "a\r"})
    void whatIsNoFilterIsRefused(String filter) {
        assertThatThrownBy(() -> TopicRules.of(List.of(filter), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDeviceThatSpeaksTwoFamiliesHasTheTopicsOfBoth() {
        TopicRules rules =
                Account.device("hut", HASH).and(TopicRules.alona("hut")).rules();

        assertThat(rules.mayPublish("caravan/hut/telemetry")).isTrue();
        assertThat(rules.mayPublish("alona/hut/telemetry/bme280")).isTrue();
        assertThat(rules.mayPublish("alona/mast/telemetry/bme280")).isFalse();
        assertThat(rules.mayPublish("caravan/hut/cmd")).isFalse();
        assertThat(rules.maySubscribe("caravan/hut/cmd")).isTrue();
    }

    @Test
    void theHubSignsInTheSameWayAfterARestart(@TempDir Path directory) {
        HubLogin first = HubLogin.load(directory);
        HubLogin again = HubLogin.load(directory);

        assertThat(again).isEqualTo(first);
        assertThat(again.password().matches(first.secret())).isTrue();
        assertThat(again.toString()).doesNotContain(first.secret());
    }
}
