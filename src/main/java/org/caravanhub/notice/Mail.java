package org.caravanhub.notice;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;

/** Sends each dispatch as an e-mail. The server's certificate is checked; a repeat has the same {@code Message-ID}. */
public final class Mail implements Channel {
    private static final String STEP_MILLIS = "8000";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Settings settings;

    /** How the connection is made safe. */
    public enum Tls {
        /** It begins open and is made safe before anything is said; if that cannot be, nothing is. */
        STARTTLS,
        /** It is safe from the start. */
        TLS,
        /** Never, for a server on the same machine. */
        OFF;

        /** The one of this word. */
        public static Tls of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * Where mail goes and how.
     *
     * @param login name and password; empty if the server wants none
     * @param from an address
     * @param to addresses, separated by commas
     */
    public record Settings(
            String host, int port, Tls tls, Optional<Login> login, String from, String to, Priority least) {}

    /** How the hub signs in. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    /** One that has not sent anything yet. */
    public Mail(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public Priority least() {
        return settings.least();
    }

    @Override
    public Answer send(Dispatch dispatch, Duration late) throws InterruptedException {
        // Each step has a limit of its own, but a server can be slow at every one.
        FutureTask<Answer> task = new FutureTask<>(() -> attempt(dispatch));
        Thread thread = new Thread(task, "mail");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            return Answer.away("the mail server took longer than " + TIMEOUT.toSeconds() + " s");
        } catch (ExecutionException e) {
            return Answer.refused("it could not be sent: " + inOneLine(e.getCause()));
        }
    }

    private Answer attempt(Dispatch dispatch) {
        Session session = Session.getInstance(properties());
        try (Transport transport = session.getTransport(settings.tls() == Tls.TLS ? "smtps" : "smtp")) {
            Message message = message(session, dispatch);
            if (settings.login().isPresent()) {
                Login login = settings.login().get();
                transport.connect(settings.host(), settings.port(), login.user(), login.password());
            } else {
                transport.connect(settings.host(), settings.port(), null, null);
            }
            transport.sendMessage(message, message.getAllRecipients());
            return Answer.DELIVERED;
        } catch (MessagingException e) {
            return judge(e);
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        String prefix = settings.tls() == Tls.TLS ? "mail.smtps." : "mail.smtp.";
        properties.put(prefix + "auth", String.valueOf(settings.login().isPresent()));
        properties.put(prefix + "connectiontimeout", STEP_MILLIS);
        properties.put(prefix + "timeout", STEP_MILLIS);
        properties.put(prefix + "writetimeout", STEP_MILLIS);
        properties.put(prefix + "ssl.checkserveridentity", "true");
        properties.put(prefix + "quitwait", "false");
        if (settings.tls() == Tls.STARTTLS) {
            properties.put(prefix + "starttls.enable", "true");
            properties.put(prefix + "starttls.required", "true");
        }
        return properties;
    }

    private Message message(Session session, Dispatch dispatch) throws MessagingException {
        Notice notice = dispatch.notice();
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + dispatch.id() + "@caravan>");
            }
        };
        message.setFrom(new InternetAddress(settings.from()));
        message.setRecipients(Message.RecipientType.TO, InternetAddress.parse(settings.to()));
        message.setSubject(notice.title().replaceAll("\\p{Cntrl}", " "), "UTF-8");
        message.setText(
                notice.text() + "\n\n" + dispatch.severity().word() + ", since " + dispatch.since() + "\n", "UTF-8");
        message.setSentDate(Date.from(notice.time()));
        message.setHeader("X-Priority", dispatch.notice().priority().compareTo(Priority.HIGH) >= 0 ? "1" : "3");
        return message;
    }

    private Answer judge(MessagingException failure) {
        String said = inOneLine(failure);
        if (failure instanceof AuthenticationFailedException) {
            return Answer.wrong(
                    "the mail server refuses caravan.mail.user with caravan.mail.password; many providers want a"
                            + " password for programs that is made on their pages. It said: " + said);
        }
        if (causedBy(failure, SSLException.class)) {
            return Answer.wrong(
                    "the mail server's certificate is not trusted, or caravan.mail.tls and caravan.mail.port do not"
                            + " fit each other (587 is starttls, 465 is tls): " + said);
        }
        if (said.contains("STARTTLS")) {
            return Answer.wrong(
                    "the mail server speaks no STARTTLS; write caravan.mail.tls = tls with its port, usually 465. It"
                            + " said: " + said);
        }
        if (failure instanceof SendFailedException refused) {
            boolean isUnknown = refused.getInvalidAddresses() != null && refused.getInvalidAddresses().length > 0;
            return isUnknown && !said.startsWith("4")
                    ? Answer.wrong(
                            "the mail server refuses the address in caravan.mail.to or caravan.mail.from: " + said)
                    : Answer.away("the mail server did not take it: " + said);
        }
        if (causedBy(failure, jakarta.mail.internet.AddressException.class)) {
            return Answer.wrong("caravan.mail.from or caravan.mail.to is no address: " + said);
        }
        return Answer.away("the mail server cannot be reached: " + said);
    }

    private static boolean causedBy(Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String inOneLine(@Nullable Throwable failure) {
        if (failure == null) {
            return "no reason given";
        }
        String message = failure.getMessage();
        return Plain.line(message == null ? failure.getClass().getSimpleName() : message);
    }
}
