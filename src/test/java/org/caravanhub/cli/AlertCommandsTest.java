package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.caravanhub.Await;
import org.caravanhub.api.TestHub;
import org.caravanhub.notice.Channel;
import org.caravanhub.notice.Notice;
import org.caravanhub.notice.Priority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts from the command line, on a hub that runs. */
class AlertCommandsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private TestHub hub;
    private HubCommands caravan;

    @BeforeEach
    void begin() throws Exception {
        hub = new TestHub(folder);
        caravan = new HubCommands(folder, hub.port());
        raise("frost", "hut", Priority.HIGH, "hut: frost, 2.9 °C");
        raise("low-battery", "tank", Priority.NORMAL, "tank: battery 3.21 V, below 3.3 V");
        Await.until("both are kept", PATIENCE, () -> hub.alerts.open().stream().allMatch(alert -> alert.id() > 0));
    }

    @AfterEach
    void end() throws Exception {
        hub.close();
    }

    @Test
    void whatSomebodyKnowsOfAndWhatIsOverIsSaidWithANumber() {
        assertThat(caravan.run("alert", "list", "--severity", "high")).isZero();
        assertThat(caravan.out())
                .contains("1\thigh\topen")
                .contains("hut: frost, 2.9 °C")
                .doesNotContain("tank");

        assertThat(caravan.run("alert", "ack", "1")).isZero();
        assertThat(caravan.out()).startsWith("You know of 1: hut: frost");
        assertThat(caravan.run("alert", "show", "1")).isZero();
        assertThat(caravan.out()).contains("state\tacknowledged", "acknowledged_by\tadmin");

        assertThat(caravan.run("alert", "resolve", "1")).isZero();
        assertThat(caravan.run("alert", "ack", "1")).isNotZero();
        assertThat(caravan.err()).contains("The alert 1 is over: by admin");
        assertThat(caravan.run("alert", "show", "99")).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void aNumberWhereANameBelongsIsToldAndTheOtherWayRound() {
        assertThat(caravan.run("alert", "mute", "1")).isEqualTo(ExitCode.USAGE);
        assertThat(caravan.err()).contains("muted by their name", "alert show 1");
        assertThat(caravan.run("alert", "ack", "frost")).isEqualTo(ExitCode.USAGE);
        assertThat(caravan.err()).contains("\"frost\" is no number");
        assertThat(caravan.run("alert", "unmute")).isEqualTo(ExitCode.USAGE);
        assertThat(caravan.run("alert", "unmute", "frost")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(caravan.err()).contains("There is no mute of the name \"frost\" alone.");
        assertThat(caravan.run("alert", "test", "telegram")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(caravan.err()).contains("The channel \"telegram\" is not set up; there are: ");
    }

    @Test
    void whatIsMutedIsToldAsSoonAsItIsNot() {
        assertThat(caravan.run("alert", "mute", "--device", "van", "--for", "2h"))
                .isZero();
        assertThat(caravan.out()).startsWith("Alerts of van are not told until ");
        assertThat(caravan.err()).contains("caravan alert unmute --device van");
        raise("frost", "van", Priority.HIGH, "van: frost");
        assertThat(caravan.run("alert", "list", "--device", "van")).isZero();
        assertThat(caravan.out()).contains("open, muted");
        assertThat(caravan.run("alert", "mute")).isZero();
        assertThat(caravan.out()).contains("van");
        assertThat(hub.channel.got).doesNotContain("van: frost");

        assertThat(caravan.run("alert", "unmute", "--device", "van")).isZero();

        Await.until("it is told", PATIENCE, () -> hub.channel.got.contains("van: frost"));
        assertThat(caravan.run("alert", "unmute", "--device", "van")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(caravan.run("alert", "mute", "frost", "--for", "soon")).isEqualTo(ExitCode.INVALID);
        assertThat(caravan.err()).contains("for is no duration");
    }

    @Test
    void aChannelThatDoesNotWorkSaysWhy() {
        assertThat(caravan.run("alert", "test")).isZero();
        assertThat(caravan.out()).contains("ntfy     delivered");

        hub.channel.answer = new Channel.Answer(Channel.Result.WRONG, "it answered 403; see caravan.notify.token");
        assertThat(caravan.run("alert", "test", "ntfy")).isEqualTo(ExitCode.FAILED);
        assertThat(caravan.out()).contains("it answered 403; see caravan.notify.token");
        assertThat(caravan.run("alert", "test", "pager")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(caravan.err()).contains("pager").contains("ntfy");
    }

    private void raise(String name, String device, Priority severity, String title) {
        hub.alerts.raise(new Notice(name, name, title, "Look at it.", severity, device, Instant.now()));
        hub.alerts.look();
    }
}
