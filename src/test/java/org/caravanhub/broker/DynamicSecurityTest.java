package org.caravanhub.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanhub.broker.MqttPrograms.login;
import static org.caravanhub.broker.MqttPrograms.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.caravanhub.Await;
import org.caravanhub.broker.MqttPrograms.Subscriber;
import org.caravanhub.broker.dynsec.DynamicSecurity;
import org.caravanhub.broker.dynsec.Trouble;
import org.caravanhub.mqtt.BrokerUrl;
import org.caravanhub.mqtt.Door;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a real Mosquitto, set up with the files of {@code config/mosquitto}. */
@Timeout(120)
class DynamicSecurityTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> HUB = login("caravan", "hub-secret");
    private static final List<String> GATE = login("gate", "gate-secret");
    private static final List<String> MAST = login("mast", "mast-secret");
    private static final Account GATE_ACCOUNT = Account.device("gate", PasswordHash.of("gate-secret"));
    private static final Account MAST_ACCOUNT = Account.device("mast", PasswordHash.of("mast-secret"));
    private static final Map<String, String> SECRETS = Map.of("gate", "gate-secret", "mast", "mast-secret");

    private final Path data;

    DynamicSecurityTest(@TempDir Path data) {
        this.data = data;
    }

    @Test
    void aDeviceSaysAndHearsItsOwnOnlyAndTheHubEverything() {
        try (TestMosquitto mosquitto = TestMosquitto.production().start();
                DynamicSecurity accounts = started(mosquitto, "caravan-", data)) {
            accounts.apply(List.of(GATE_ACCOUNT, MAST_ACCOUNT), SECRETS);
            inStep(accounts);
            String url = mosquitto.url();
            try (Subscriber hub = Subscriber.open(url, HUB, List.of("#"))) {
                for (String foreign : List.of(
                        "caravan/mast/telemetry", "caravan/gate/cmd", "$SYS/x", "$CONTROL/dynamic-security/v1")) {
                    assertThat(publish(url, GATE, foreign, "not mine", "-d").output())
                            .contains("RC:135");
                    publish(url, GATE, foreign, "not mine", "-V", "311");
                }
                assertThat(publish(url, login("gate", "guess"), "caravan/gate/status", "x")
                                .exit())
                        .isNotZero();
                publish(url, GATE, "caravan/gate/event/open", "mine");
                assertThat(hub.until("caravan/gate/event/open mine")).containsExactly("caravan/gate/event/open mine");
            }
            for (String greedy : List.of(
                    "#",
                    "+/#",
                    "caravan/gate/#",
                    "caravan/+/cmd",
                    "caravan/mast/cmd",
                    "$SYS/#",
                    "$CONTROL/#",
                    "$share/x/#")) {
                try (Subscriber curious = Subscriber.open(url, GATE, List.of(greedy))) {
                    assertThat(curious.subscribedAs()).as(greedy).contains("135");
                }
            }
            try (Subscriber gate = Subscriber.open(url, GATE, List.of("caravan/gate/cmd"))) {
                publish(url, HUB, "caravan/gate/cmd", "open");
                assertThat(gate.next()).isEqualTo("caravan/gate/cmd open");
            }
        }
    }

    @Test
    void whatTheHubTellsAllIsReadByAllAndSaidByNobodyElse() {
        try (TestMosquitto mosquitto = TestMosquitto.production().start();
                DynamicSecurity accounts = started(mosquitto, "caravan-", data)) {
            accounts.apply(List.of(GATE_ACCOUNT, MAST_ACCOUNT), SECRETS);
            inStep(accounts);
            String power = "paku/ecoflow/DCABZ0000000001/power";
            publish(mosquitto.url(), HUB, power, "{\"soc\":76}", "-r");
            assertThat(publish(mosquitto.url(), GATE, power, "{\"soc\":1}", "-d")
                            .output())
                    .contains("RC:135");
            try (Subscriber gate = Subscriber.open(mosquitto.url(), GATE, List.of("paku/ecoflow/+/power"));
                    Subscriber mast = Subscriber.open(mosquitto.url(), MAST, List.of("paku/ecoflow/+/power"))) {
                assertThat(gate.next()).isEqualTo(power + " {\"soc\":76}");
                assertThat(mast.next()).isEqualTo(power + " {\"soc\":76}");
            }
        }
    }

    @Test
    void whoIsAddedOrRevokedIsSoWithinTwoSecondsAndNobodyElseNotices() {
        try (TestMosquitto mosquitto = TestMosquitto.production().start();
                DynamicSecurity accounts = started(mosquitto, "caravan-", data)) {
            accounts.apply(List.of(GATE_ACCOUNT), SECRETS);
            inStep(accounts);
            String url = mosquitto.url();
            try (Subscriber gate = Subscriber.open(url, GATE, List.of("caravan/gate/cmd"))) {
                long began = System.nanoTime();
                accounts.apply(List.of(GATE_ACCOUNT, MAST_ACCOUNT), SECRETS);
                assertThat(since(began)).isLessThan(Duration.ofSeconds(2));
                try (Subscriber mast = Subscriber.open(url, MAST, List.of("caravan/mast/cmd"))) {
                    began = System.nanoTime();
                    accounts.apply(List.of(GATE_ACCOUNT), Map.of());
                    mast.awaitNews("DISCONNECT");
                    assertThat(since(began)).isLessThan(Duration.ofSeconds(2));
                }
                assertThat(publish(url, MAST, "caravan/mast/status", "x").exit())
                        .isNotZero();
                publish(url, HUB, "caravan/gate/cmd", "still there");
                assertThat(gate.next()).isEqualTo("caravan/gate/cmd still there");
                assertThat(gate.connections()).isEqualTo(1);

                Account rotated = Account.device("gate", PasswordHash.of("another"));
                accounts.apply(List.of(rotated), Map.of("gate", "another"));
                gate.awaitNews("DISCONNECT");
                assertThat(publish(url, login("gate", "another"), "caravan/gate/status", "x")
                                .exit())
                        .isZero();
            }
        }
    }

    @Test
    void whoseDeviceIsDisabledAndEnabledGetsInWithTheOldPassword() {
        try (TestMosquitto mosquitto = TestMosquitto.production().start();
                DynamicSecurity accounts = started(mosquitto, "caravan-", data)) {
            accounts.apply(List.of(GATE_ACCOUNT, MAST_ACCOUNT), SECRETS);
            accounts.rest(Set.of("mast"));
            accounts.apply(List.of(GATE_ACCOUNT), Map.of());
            inStep(accounts);
            assertThat(publish(mosquitto.url(), MAST, "caravan/mast/status", "x")
                            .exit())
                    .isNotZero();

            // The broker forgot the password with the account; the hub must not.
            accounts.rest(Set.of());
            accounts.apply(List.of(GATE_ACCOUNT, MAST_ACCOUNT), Map.of());
            inStep(accounts);
            assertThat(publish(mosquitto.url(), MAST, "caravan/mast/status", "x")
                            .exit())
                    .isZero();
        }
    }

    @Test
    void whenMosquittoLosesItsAccountsTheHubMakesThemAgain() throws IOException {
        try (TestMosquitto mosquitto = TestMosquitto.production().start();
                DynamicSecurity accounts = started(mosquitto, "caravan-", data)) {
            accounts.apply(List.of(GATE_ACCOUNT, MAST_ACCOUNT), SECRETS);
            inStep(accounts);
            mosquitto.kill();
            Files.delete(mosquitto.accounts());
            mosquitto.start();
            Await.until("the gate comes in again", PATIENCE, () -> comesIn(mosquitto, GATE));
            Await.until("the mast comes in again", PATIENCE, () -> comesIn(mosquitto, MAST));
            Await.until("the hub comes in again", PATIENCE, () -> comesIn(mosquitto, HUB));
        }
    }

    @Test
    void theHubThatIsStartedAnewKnowsThePasswordsStillAndTheyAreNotToBeReadOnDisk() throws IOException {
        try (TestMosquitto mosquitto = TestMosquitto.production().start()) {
            try (DynamicSecurity before = started(mosquitto, "caravan-", data)) {
                before.apply(List.of(GATE_ACCOUNT), SECRETS);
                inStep(before);
            }
            mosquitto.stop();
            Files.writeString(mosquitto.accounts(), "{\"clients\": [");
            mosquitto.start();
            try (DynamicSecurity after = started(mosquitto, "caravan-", data)) {
                after.apply(List.of(GATE_ACCOUNT), Map.of());
                inStep(after);
                assertThat(comesIn(mosquitto, GATE)).isTrue();
            }
        }
        assertThat(Files.readString(data.resolve("device-secrets"))).doesNotContain("gate");
        assertThat(Files.getPosixFilePermissions(data.resolve("device-secrets")))
                .hasSize(2);
        assertThat(Files.getPosixFilePermissions(data.resolve("device-secrets.key")))
                .hasSize(2);
    }

    @Test
    void whatIsUnknownInClearIsSaidAndWhatSomebodyMadeByHandStays() {
        try (TestMosquitto mosquitto = TestMosquitto.production().start();
                DynamicSecurity hut = started(mosquitto, "hut-", data.resolve("hut"));
                DynamicSecurity van = started(mosquitto, "van-", data.resolve("van"))) {
            hut.apply(List.of(GATE_ACCOUNT), SECRETS);
            inStep(hut);
            van.apply(List.of(GATE_ACCOUNT, MAST_ACCOUNT), SECRETS);
            Await.until("told", PATIENCE, () -> code(van).equals("conflict"));
            assertThat(van.state().text()).contains("gate");
            assertThat(comesIn(mosquitto, GATE)).isTrue();
            assertThat(comesIn(mosquitto, MAST)).isTrue();

            Account unknown = Account.device("door", PasswordHash.of("never told"));
            van.apply(List.of(MAST_ACCOUNT, unknown), Map.of());
            Await.until("told", PATIENCE, () -> code(van).equals("no-password"));
            assertThat(van.state().text()).contains("door");
            assertThat(comesIn(mosquitto, MAST)).isTrue();
        }
    }

    @Test
    void whoMayHearLessHearsNothingMoreByAnOldSubscription() {
        try (TestMosquitto mosquitto = TestMosquitto.production().start();
                DynamicSecurity accounts = started(mosquitto, "caravan-", data)) {
            accounts.apply(List.of(GATE_ACCOUNT.and(TopicRules.of(List.of(), List.of("weather/frost")))), SECRETS);
            inStep(accounts);
            try (Subscriber gate =
                    Subscriber.open(mosquitto.url(), GATE, List.of("weather/frost", "caravan/gate/cmd"))) {
                publish(mosquitto.url(), HUB, "weather/frost", "tonight");
                assertThat(gate.next()).isEqualTo("weather/frost tonight");
                accounts.apply(List.of(GATE_ACCOUNT), Map.of());
                publish(mosquitto.url(), HUB, "weather/frost", "no more");
                publish(mosquitto.url(), HUB, "caravan/gate/cmd", "open");
                assertThat(gate.next()).isEqualTo("caravan/gate/cmd open");
            }
        }
    }

    @Test
    void whatSomebodyMadeByHandStaysAndWhatHeTookAwayComesBack() {
        try (TestMosquitto mosquitto = TestMosquitto.production().start();
                DynamicSecurity accounts = new DynamicSecurity(
                        settings(mosquitto, "caravan-", TestMosquitto.CONTROL_PASSWORD, data),
                        Duration.ofMillis(200),
                        Clock.systemUTC())) {
            accounts.start();
            accounts.apply(List.of(GATE_ACCOUNT), SECRETS);
            inStep(accounts);
            byHand(
                    mosquitto,
                    "{\"command\":\"createRole\",\"rolename\":\"device-mine\",\"acls\":[]}",
                    "{\"command\":\"createClient\",\"username\":\"mine\",\"password\":\"mine\",\"roles\":[{\"rolename\":\"device-mine\"}]}",
                    "{\"command\":\"deleteClient\",\"username\":\"gate\"}",
                    "{\"command\":\"deleteClient\",\"username\":\"caravan\"}");
            Await.until("the gate comes in again", PATIENCE, () -> comesIn(mosquitto, GATE));
            Await.until("the hub comes in again", PATIENCE, () -> comesIn(mosquitto, HUB));
            accounts.apply(List.of(), Map.of());
            inStep(accounts);
            assertThat(comesIn(mosquitto, GATE)).isFalse();
            assertThat(comesIn(mosquitto, login("mine", "mine"))).isTrue();
        }
    }

    private static void byHand(TestMosquitto mosquitto, String... commands) {
        publish(
                mosquitto.url(),
                login(TestMosquitto.CONTROL_USER, TestMosquitto.CONTROL_PASSWORD),
                "$CONTROL/dynamic-security/v1",
                "{\"commands\":[" + String.join(",", commands) + "]}");
    }

    @Test
    void oneAccountForEverythingDoes() {
        try (TestMosquitto mosquitto = TestMosquitto.production().start()) {
            DynamicSecurity.Settings two = settings(mosquitto, "caravan-", TestMosquitto.CONTROL_PASSWORD, data);
            try (DynamicSecurity accounts = new DynamicSecurity(
                    new DynamicSecurity.Settings(
                            two.door(), TestMosquitto.CONTROL_USER, TestMosquitto.CONTROL_PASSWORD, data, SECRETS),
                    Clock.systemUTC())) {
                accounts.start();
                accounts.apply(List.of(GATE_ACCOUNT), Map.of());
                inStep(accounts);
                assertThat(comesIn(mosquitto, GATE)).isTrue();
                assertThat(publish(
                                        mosquitto.url(),
                                        login(TestMosquitto.CONTROL_USER, TestMosquitto.CONTROL_PASSWORD),
                                        "caravan/gate/cmd",
                                        "open",
                                        "-d")
                                .output())
                        .doesNotContain("RC:135");
            }
        }
    }

    @Test
    void whoMayNotManageAccountsIsToldWhatToDo() {
        try (TestMosquitto mosquitto = TestMosquitto.production().start();
                DynamicSecurity accounts =
                        new DynamicSecurity(settings(mosquitto, "caravan-", "wrong", data), Clock.systemUTC())) {
            accounts.start();
            accounts.apply(List.of(GATE_ACCOUNT), SECRETS);
            Await.until("told", PATIENCE, () -> {
                accounts.apply(List.of(GATE_ACCOUNT), SECRETS);
                return code(accounts).equals("refused");
            });
            assertThat(accounts.state().fix()).contains("caravan.mqtt.control");
        }
    }

    /** One who is revoked meanwhile does not wait for the others. */
    @Test
    @Tag("endurance")
    @Timeout(300)
    void hundredsOfDevicesAreBackWithinAMinuteAndARevocationDoesNotWaitForThem() throws IOException {
        List<Account> devices = new ArrayList<>(List.of(GATE_ACCOUNT, MAST_ACCOUNT));
        Map<String, String> secrets = new HashMap<>(SECRETS);
        for (int i = 0; i < 300; i++) {
            String user = "zone-" + i;
            devices.add(Account.device(user, PasswordHash.of(user)));
            secrets.put(user, user);
        }
        try (TestMosquitto mosquitto = TestMosquitto.production().start();
                DynamicSecurity accounts = started(mosquitto, "caravan-", data)) {
            accounts.apply(devices, secrets);
            Await.until(
                    "in step", Duration.ofSeconds(120), () -> accounts.state().isInStep());
            mosquitto.kill();
            Files.delete(mosquitto.accounts());
            mosquitto.start();
            long began = System.nanoTime();
            Await.until("being given", PATIENCE, () -> code(accounts).equals("changing"));
            Await.until("the mast is there", PATIENCE, () -> comesIn(mosquitto, MAST));
            try (Subscriber mast = Subscriber.open(mosquitto.url(), MAST, List.of("caravan/mast/cmd"))) {
                long revoked = System.nanoTime();
                Thread revoking = new Thread(() -> accounts.apply(
                        devices.stream()
                                .filter(device -> !device.equals(MAST_ACCOUNT))
                                .toList(),
                        Map.of()));
                revoking.start(); // it waits for all
                mast.awaitNews("DISCONNECT");
                Duration took = since(revoked);
                assertThat(took).isLessThan(Duration.ofSeconds(2));
            }
            Await.until(
                    "in step", Duration.ofSeconds(120), () -> accounts.state().isInStep());
            assertThat(since(began)).isLessThan(Duration.ofSeconds(60));
            assertThat(comesIn(mosquitto, List.of("-u", "zone-299", "-P", "zone-299")))
                    .isTrue();
        }
    }

    static void inStep(DynamicSecurity accounts) {
        Await.until("in step: " + accounts.state().text(), PATIENCE, () -> accounts.state()
                .isInStep());
    }

    static DynamicSecurity started(TestMosquitto mosquitto, String prefix, Path directory) {
        DynamicSecurity accounts = new DynamicSecurity(
                settings(mosquitto, prefix, TestMosquitto.CONTROL_PASSWORD, directory), Clock.systemUTC());
        accounts.start();
        return accounts;
    }

    private static DynamicSecurity.Settings settings(
            TestMosquitto mosquitto, String prefix, String password, Path directory) {
        return new DynamicSecurity.Settings(
                new Door(BrokerUrl.parse(mosquitto.url()), TestMosquitto.CONTROL_USER, password, null, prefix),
                "caravan",
                "hub-secret",
                directory,
                Map.of());
    }

    private static boolean comesIn(TestMosquitto mosquitto, List<String> login) {
        return publish(mosquitto.url(), login, "caravan/" + login.get(1) + "/status", "online")
                        .exit()
                == 0;
    }

    private static String code(DynamicSecurity accounts) {
        return accounts.trouble().map(Trouble::code).orElse("");
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
