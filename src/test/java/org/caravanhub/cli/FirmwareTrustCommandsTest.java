package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.caravanhub.api.TestHub;
import org.caravanhub.ota.signature.TestSigner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose firmware is believed, from the command line, on a hub that runs. */
class FirmwareTrustCommandsTest {
    @TempDir
    static Path folder;

    private static TestHub hub;

    private final TestSigner signer = new TestSigner();
    private HubCommands caravan;

    @BeforeAll
    static void start() throws Exception {
        hub = new TestHub(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        hub.close();
    }

    @BeforeEach
    void begin() {
        caravan = new HubCommands(folder, hub.port());
    }

    /** One hub for all stories: what one of them trusted is nobody's business in the next. */
    @AfterEach
    void forget() {
        for (String name : new String[] {"ci", "laptop"}) {
            caravan.run("firmware", "key", "remove", name);
        }
    }

    @Test
    void aKeyIsTrustedAndThenNoMore() throws Exception {
        assertThat(caravan.run("firmware", "key", "list")).isZero();
        assertThat(caravan.err()).contains("No key is trusted").contains("firmware key add");

        assertThat(caravan.run("firmware", "key", "add", file("minisign.pub", signer.minisignKey()), "--name", "ci"))
                .isZero();
        assertThat(caravan.out()).isEqualTo("Trusted: ci, minisign 0807060504030201\n");
        assertThat(caravan.run("firmware", "key", "add", file("key.pem", signer.p256Key()), "--name", "laptop"))
                .isZero();
        assertThat(caravan.run("firmware", "keys", "list")).isZero();
        assertThat(caravan.out()).contains("ci\tminisign\t0807060504030201").contains("laptop\tecdsa-p256\t");

        assertThat(caravan.run("firmware", "key", "remove", "ci")).isZero();
        assertThat(caravan.run("firmware", "key", "remove", "ci")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(caravan.err()).contains("There is no trusted key \"ci\"").contains("firmware key list");
        assertThat(caravan.run("audit", "list")).isZero();
        assertThat(caravan.out())
                .contains("add-firmware-key\tfirmware-key/ci")
                .contains("remove-firmware-key\tfirmware-key/ci");
    }

    @Test
    void theSameKeyAgainIsHarmlessAndAnotherIsInTheWay() throws Exception {
        String mine = file("minisign.pub", signer.minisignKey());
        assertThat(caravan.run("firmware", "key", "add", mine, "--name", "ci")).isZero();
        assertThat(caravan.run("firmware", "key", "add", mine, "--name", "ci")).isZero();
        assertThat(caravan.run("firmware", "key", "add", mine, "--name", "other"))
                .isEqualTo(ExitCode.CONFLICT);
        assertThat(caravan.err()).contains("trusted already, as \"ci\"");
        assertThat(caravan.run("firmware", "key", "add", file("key.pem", signer.p256Key()), "--name", "ci"))
                .isEqualTo(ExitCode.CONFLICT);
        assertThat(caravan.err()).contains("another key \"ci\" (0807060504030201)");
        assertThat(caravan.run("firmware", "key", "add", file("key.pem", signer.p256Key()), "--name", "../ci"))
                .isEqualTo(ExitCode.INVALID);
    }

    @Test
    void aPrivateKeyDoesNotLeaveTheMachineAndIsNotKept() throws Exception {
        assertThat(caravan.run("firmware", "key", "add", file("key.pem", signer.p256Secret()), "--name", "oops"))
                .isEqualTo(ExitCode.INVALID);
        assertThat(caravan.err()).contains("private key").doesNotContain(middle(signer.p256Secret()));

        HttpResponse<String> sent = hub.send(hub.asked("/api/v1/firmware-keys")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"name\":\"oops\",\"key\":\"" + signer.p256Secret().replace("\n", "\\n") + "\"}")));
        assertThat(sent.statusCode()).isEqualTo(400);
        assertThat(sent.body()).contains("private key").doesNotContain(middle(signer.p256Secret()));
        assertThat(hub.get("/api/v1/firmware-keys").body()).contains("\"items\":[]");
        assertThat(hub.get("/api/v1/audit").body()).doesNotContain("oops");
    }

    @Test
    void aModelTakesSignedReleasesOnlyOnceSomebodySaysSo() {
        assertThat(caravan.run("firmware", "policy", "edge")).isZero();
        assertThat(caravan.out()).isEqualTo("edge takes releases with and without a signature.\n");
        assertThat(caravan.run("firmware", "policy")).isZero();
        assertThat(caravan.err()).contains("Every model takes");

        assertThat(caravan.run("firmware", "policy", "edge", "--signed-only")).isZero();
        assertThat(caravan.out()).contains("edge takes releases that a trusted key signed");
        assertThat(caravan.err()).contains("No key is trusted yet");
        assertThat(caravan.run("firmware", "policy")).isZero();
        assertThat(caravan.out()).contains("edge\trequired");

        assertThat(caravan.run("firmware", "policy", "edge", "--any-signature")).isZero();
        assertThat(caravan.run("firmware", "policy")).isZero();
        assertThat(caravan.out()).contains("edge\tany or none");
        assertThat(caravan.run("firmware", "policy", "--signed-only")).isEqualTo(ExitCode.USAGE);
        assertThat(caravan.run("firmware", "policy", "edge", "--signed-only", "--any-signature"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(caravan.run("audit", "list")).isZero();
        assertThat(caravan.out()).contains("save-firmware-policy\tfirmware-policy/edge\tsigned_only=true");
    }

    @Test
    void aPolicyWithAMistakeIsRefused() throws Exception {
        for (String body : new String[] {"{\"signed-only\":true}", "{\"signed_only\":\"yes\"}", "{}", "[]", "true"}) {
            HttpResponse<String> answer = hub.send(hub.asked("/api/v1/firmware-policies/edge")
                    .header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofString(body)));
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.body()).contains("signed_only");
        }
        assertThat(hub.get("/api/v1/firmware-policies/..%2Fetc").statusCode()).isIn(400, 404);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String middle(String pem) {
        return pem.substring(pem.length() / 2, pem.length() / 2 + 12);
    }
}
