package org.caravanhub.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravanhub.flow.Flows;
import org.caravanhub.flow.Hub;
import org.caravanhub.flow.LoadedFlows;
import org.caravanhub.health.Health;
import org.caravanhub.text.Hidden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path folder;

    @Test
    void aFlowReadsASecretAndNobodyReadsItInMessages() throws Exception {
        write("rw-------", "influx-token = s3cr3t tok&n/1\n");
        Files.writeString(folder.resolve("forward.camel.yaml"), """
                - route:
                    id: forward
                    from:
                      uri: direct:forward
                      steps:
                        - setHeader:
                            name: Authorization
                            constant:
                              expression: "Token {{secret:influx-token}}"
                        - to:
                            uri: nowhere:x
                            parameters:
                              to: "RAW({{secret:influx-token}})"
                """);
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getPropertiesComponent().addPropertiesFunction(new SecretFunction(new Secrets(folder, Map.of())));
            camel.start();
            Flows flows = LoadedFlows.in(folder);
            flows.start(camel, Hub.NONE, change -> {});

            String problem = flows.files().get(0).problem().orElseThrow();
            assertThat(problem).contains("nowhere").doesNotContain("s3cr3t").contains("***");
            assertThat(camel.resolvePropertyPlaceholders("{{secret:influx-token}}"))
                    .isEqualTo("s3cr3t tok&n/1");
        }
        assertThat(Hidden.in("url?a=s3cr3t+tok%26n%2F1&b")).isEqualTo("url?a=***&b");
        assertThat(Health.problem("failed with s3cr3t tok&n/1", "", "").what()).isEqualTo("failed with ***");
    }

    @Test
    void aFileThatOthersMayReadIsRefusedWithTheCommandToType() throws Exception {
        write("rw-r-----", "token = 12345\n");

        assertThatThrownBy(() -> new Secrets(folder, Map.of()).value("token"))
                .hasMessageContaining("may be read by others")
                .hasMessageEndingWith("chmod 600 " + folder.resolve("secrets.properties"));
    }

    @Test
    void theEnvironmentWinsAndWhatIsWrittenHoldsForTheNextFlow() throws Exception {
        Secrets secrets = new Secrets(folder, Map.of("CARAVAN_SECRET_MAIL_PASSWORD", "from-env"));
        assertThat(secrets.names()).containsExactly("mail-password");

        write("rw-------", "mail-password = from-file\nother = 12345\n");

        assertThat(secrets.value("mail-password")).isEqualTo("from-env");
        assertThat(secrets.value("other")).isEqualTo("12345");
    }

    @Test
    void anUnknownOneNamesTheNearest() throws Exception {
        write("rw-------", "influx-token = abcdef\nshort = abc\n");
        Secrets secrets = new Secrets(folder, Map.of());

        assertThatThrownBy(() -> secrets.value("influx-tokn"))
                .hasMessage("there is no secret \"influx-tokn\" – did you mean \"influx-token\"?");
        assertThatThrownBy(() -> secrets.value("zzz")).hasMessageContaining("write a line \"zzz = ...\" into");
        assertThatThrownBy(() -> secrets.value("short")).hasMessageContaining("less than 4 characters");
    }

    private void write(String mode, String text) throws IOException {
        Path file = folder.resolve("secrets.properties");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
