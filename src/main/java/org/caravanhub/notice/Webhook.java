package org.caravanhub.notice;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;

/**
 * Posts dispatches to an ntfy topic, or as JSON to whatever takes it. Redirects are not followed, certificates are checked, and of an
 * answer only its status is read. A receiver may know a repeat by the header {@code Idempotency-Key}; ntfy from 2.16 on shows a repeat in
 * the place of the first by {@code X-Sequence-ID}.
 */
public final class Webhook implements Channel {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Form form;
    private final URI url;
    private final Optional<String> token;
    private final Priority least;
    private final String settings;
    private @Nullable HttpClient client;

    /** What is posted. */
    public enum Form {
        /** The text, with title and priority as ntfy's headers. */
        NTFY("ntfy"),
        /** The dispatch as JSON. */
        JSON("webhook");

        private final String channel;

        Form(String channel) {
            this.channel = channel;
        }
    }

    /**
     * One that has not posted anything yet.
     *
     * @param settings what the names of its settings begin with: {@code caravan.notify}
     */
    public Webhook(URI url, Form form, Optional<String> token, Priority least, String settings) {
        this.settings = settings;
        this.url = url;
        this.form = form;
        this.token = token;
        this.least = least;
    }

    @Override
    public String name() {
        return form.channel;
    }

    @Override
    public Priority least() {
        return least;
    }

    @Override
    public Answer send(Dispatch dispatch, Duration late) throws InterruptedException {
        CompletableFuture<HttpResponse<Boolean>> asked =
                client().sendAsync(request(dispatch, late), info -> new HeadOnly());
        try {
            return judge(asked.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).statusCode());
        } catch (TimeoutException e) {
            asked.cancel(true);
            return Answer.away("no answer within " + TIMEOUT.toSeconds() + " s");
        } catch (ExecutionException e) {
            return judge(e.getCause());
        }
    }

    private Answer judge(int status) {
        if (status < 300) {
            return Answer.DELIVERED;
        }
        String said = "it answered " + status;
        if (status < 400) {
            return Answer.wrong(
                    said + ", a redirect, which is not followed; write where it leads to as " + settings + ".url");
        }
        if (status == 408 || status == 425 || status == 429 || status >= 500) {
            return Answer.away(said);
        }
        return switch (status) {
            case 401, 403 -> Answer.wrong(said + ": it lets nobody in without the right " + settings + ".token");
            case 404, 405, 410 -> Answer.wrong(said + ": there is nothing that takes it; see " + settings + ".url");
            default -> Answer.refused(said);
        };
    }

    private Answer judge(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return Answer.wrong("its certificate is not trusted, or it speaks no TLS: " + inOneLine(cause));
            }
        }
        if (failure instanceof java.net.http.HttpTimeoutException) {
            return Answer.away("no answer within " + TIMEOUT.toSeconds() + " s");
        }
        if (failure instanceof IOException) {
            return Answer.away("it cannot be reached: " + inOneLine(failure));
        }
        return Answer.refused("it could not be sent: " + inOneLine(failure));
    }

    private static String inOneLine(@Nullable Throwable failure) {
        if (failure == null) {
            return "no reason given";
        }
        String message = failure.getMessage();
        return Plain.line(message == null ? failure.getClass().getSimpleName() : message);
    }

    private HttpRequest request(Dispatch dispatch, Duration late) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url).timeout(TIMEOUT).header("Idempotency-Key", dispatch.id());
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        Notice notice = dispatch.notice();
        if (form == Form.JSON) {
            return request.header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(dispatch.json(late)))
                    .build();
        }
        return request.header("Title", header(notice.title()))
                .header("X-Sequence-ID", dispatch.id())
                .header(
                        "Priority",
                        notice.priority() == Priority.NORMAL
                                ? "default"
                                : notice.priority().word())
                .header("Tags", notice.name() + "," + dispatch.state().word())
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(notice.text()))
                .build();
    }

    /** Headers are ASCII; what is not is written as RFC 2047 says, which ntfy reads. */
    private static String header(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        boolean isAscii = line.chars().allMatch(c -> c < 128);
        return isAscii
                ? line
                : "=?UTF-8?B?" + Base64.getEncoder().encodeToString(line.getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    /** A client has threads; they come with the first dispatch. */
    private synchronized HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            made = HttpClient.newBuilder().connectTimeout(TIMEOUT.dividedBy(2)).build();
            client = made;
        }
        return made;
    }

    /** Lets go of the connection when the status is there, however much would follow. */
    private static final class HeadOnly implements HttpResponse.BodySubscriber<Boolean> {
        @Override
        public CompletionStage<Boolean> getBody() {
            return CompletableFuture.completedFuture(true);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
        }

        @Override
        public void onNext(List<ByteBuffer> item) {}

        @Override
        public void onError(Throwable throwable) {}

        @Override
        public void onComplete() {}
    }
}
