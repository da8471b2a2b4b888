package org.caravanhub.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.caravanhub.bench.Ports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alerts by a real mail server, and what is said when it does not want them. */
class MailTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private final int port;
    private GreenMail server;

    MailTest() throws IOException {
        port = Ports.free();
        server = new GreenMail(new ServerSetup(port, "127.0.0.1", "smtp"));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aMailHasTheWordsAndAnIdThatStays() throws Exception {
        server.start();
        server.setUser("van@example.org", "van", "right");
        Dispatch dispatch = dispatch();

        Mail mail = mail(Mail.Tls.OFF, "right");
        assertThat(mail.send(dispatch, Duration.ZERO)).isEqualTo(Channel.Answer.DELIVERED);
        assertThat(mail.send(dispatch, Duration.ZERO)).isEqualTo(Channel.Answer.DELIVERED);

        MimeMessage[] got = server.getReceivedMessages();
        assertThat(got).hasSize(2);
        assertThat(got[0].getSubject()).isEqualTo("Kälte: hut 2.9 °C");
        assertThat(got[0].getContent().toString()).startsWith("Heat.");
        assertThat(got[1].getMessageID()).isEqualTo(got[0].getMessageID());
    }

    @Test
    void aWrongPasswordIsSaidInWordsAndNotShown() throws Exception {
        server.start();
        server.setUser("van@example.org", "van", "right");

        Channel.Answer answer = mail(Mail.Tls.OFF, "s3cret-wrong").send(dispatch(), Duration.ZERO);

        assertThat(answer.result()).isEqualTo(Channel.Result.WRONG);
        assertThat(answer.reason())
                .contains("caravan.mail.password", "a password for programs")
                .doesNotContain("s3cret");
    }

    @Test
    void nothingIsSaidToAServerThatCannotBeMadeSafe() throws Exception {
        server.start();

        Channel.Answer answer = mail(Mail.Tls.STARTTLS, "right").send(dispatch(), Duration.ZERO);

        assertThat(answer.result()).isEqualTo(Channel.Result.WRONG);
        assertThat(answer.reason()).contains("speaks no STARTTLS", "caravan.mail.tls = tls");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
        server = new GreenMail(new ServerSetup(port, "127.0.0.1", "smtps"));
        server.start();

        Channel.Answer answer = mail(Mail.Tls.TLS, "right").send(dispatch(), Duration.ZERO);

        assertThat(answer.result()).isEqualTo(Channel.Result.WRONG);
        assertThat(answer.reason()).contains("certificate is not trusted");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void aServerThatIsNotThereIsAskedAgain() throws Exception {
        assertThat(mail(Mail.Tls.OFF, "right").send(dispatch(), Duration.ZERO).result())
                .isEqualTo(Channel.Result.AWAY);
    }

    private Mail mail(Mail.Tls tls, String password) {
        return new Mail(new Mail.Settings(
                "127.0.0.1",
                port,
                tls,
                Optional.of(new Mail.Login("van", password)),
                "van@example.org",
                "me@example.org",
                Priority.LOW));
    }

    private static Dispatch dispatch() {
        Notice notice = new Notice("frost", "frost", "Kälte: hut 2.9 °C", "Heat.", Priority.HIGH, "hut", NOON);
        return Dispatch.of(Dispatch.State.OPEN, notice, Priority.HIGH, NOON, 1);
    }
}
