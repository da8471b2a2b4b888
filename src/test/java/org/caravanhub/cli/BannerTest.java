package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.caravanhub.settings.LanAddresses;
import org.junit.jupiter.api.Test;

class BannerTest {
    private static final List<LanAddresses.Address> LAN =
            List.of(new LanAddresses.Address("192.168.1.20", "wlan0"), new LanAddresses.Address("10.0.0.2", "eth0"));

    @Test
    void aTerminalIsToldTheTokenTheJournalOnlyWhereItIs() {
        assertThat(print("0.0.0.0", true, LAN)).contains("data/admin.token   s3cret");
        assertThat(print("0.0.0.0", false, LAN)).contains("data/admin.token").doesNotContain("s3cret");
    }

    @Test
    void everyAddressThatAPhoneCanReachIsToldWithItsInterface() {
        assertThat(print("0.0.0.0", false, LAN))
                .contains("http://192.168.1.20:8080   wlan0", "http://10.0.0.2:8080   eth0");
        assertThat(print("127.0.0.1", false, LAN))
                .contains("http://127.0.0.1:8080")
                .doesNotContain("192.168");
    }

    @Test
    void theNextCommandIsOneThatFindsThisHub() {
        assertThat(print("0.0.0.0", false, LAN)).contains("Next     caravan status   (");
    }

    @Test
    void networksOfContainersAreNotTold() {
        assertThat(LanAddresses.isInside("docker0")).isTrue();
        assertThat(LanAddresses.isInside("br-1f2e")).isTrue();
        assertThat(LanAddresses.isInside("wlan0")).isFalse();
        assertThat(LanAddresses.isInside("br0")).isFalse();
    }

    private static String print(String host, boolean terminal, List<LanAddresses.Address> lan) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Banner banner = new Banner(
                "0.1.0",
                Path.of("data"),
                Duration.ofMillis(1400),
                host,
                8080,
                "mosquitto 2.0.11, port 1883",
                "3 emulated",
                "6 running, in routes",
                Path.of("data/admin.token"),
                "s3cret");
        banner.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, lan);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
