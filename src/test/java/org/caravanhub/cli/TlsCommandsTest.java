package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsCommandsTest {
    @TempDir
    Path home;

    @Test
    void devicesKeepTheirAuthorityWhenTheCertificateIsRenewed() throws IOException {
        Path folder = home.resolve("tls");
        try (Hub hub = new Hub(home)) {
            assertThat(hub.run("tls", "show", "--dir", folder.toString())).isEqualTo(ExitCode.NOT_FOUND);
            assertThat(hub.err()).contains("tls init");
            assertThat(hub.run("tls", "init", "--dir", folder.toString(), "--name", "van local"))
                    .isEqualTo(ExitCode.USAGE);

            assertThat(hub.run("tls", "init", "--dir", folder.toString(), "--name", "van.home", "--name", "10.9.8.7"))
                    .isZero();
            assertThat(names(hub)).contains("localhost", "127.0.0.1", "van.home", "10.9.8.7");
            String authority = Files.readString(folder.resolve("ca.crt"));
            String server = Files.readString(folder.resolve("server.crt"));

            assertThat(hub.run("tls", "init", "--dir", folder.toString())).isEqualTo(ExitCode.CONFLICT);
            assertThat(Files.readString(folder.resolve("ca.crt"))).isEqualTo(authority);

            assertThat(hub.run("tls", "renew", "--dir", folder.toString(), "--name", "hut.home"))
                    .isZero();
            assertThat(names(hub))
                    .contains("van.home", "hut.home")
                    .doesNotContain("10.9.8.7"); // an address of a day that is over
            assertThat(Files.readString(folder.resolve("ca.crt"))).isEqualTo(authority);
            assertThat(Files.readString(folder.resolve("server.crt"))).isNotEqualTo(server);
            assertThat(hub.run("tls", "show", "--dir", folder.toString())).isZero();
        }
    }

    private static String[] names(Hub hub) {
        return hub.lines().stream()
                .filter(line -> line.startsWith("names"))
                .findFirst()
                .orElseThrow()
                .split("\\s+");
    }
}
