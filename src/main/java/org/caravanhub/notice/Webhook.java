package org.caravanhub.notice;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Optional;
import org.caravanhub.text.Quoted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts notices to an ntfy topic, or as JSON to whatever takes it, on a thread of its own. What cannot be delivered is tried again, the
 * oldest first, after 5 s and then ever less often, at least every five minutes; of more than a hundred that wait the oldest goes. What
 * the other side refuses for good is told and let go.
 */
public final class Webhook implements Notices, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
    private static final int MOST = 100;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final Form form;
    private final URI url;
    private final Optional<String> token;
    private final Duration firstPause;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ArrayDeque<Notice> waiting = new ArrayDeque<>();
    private final Thread thread;
    private boolean closed;
    private boolean isFailing;

    /** What is posted. */
    public enum Form {
        /** The text, with title and priority as ntfy's headers. */
        NTFY,
        /** The notice as JSON. */
        JSON
    }

    /** Begins to wait for notices. */
    public Webhook(URI url, Form form, Optional<String> token) {
        this(url, form, token, Duration.ofSeconds(5));
    }

    Webhook(URI url, Form form, Optional<String> token, Duration firstPause) {
        this.url = url;
        this.form = form;
        this.token = token;
        this.firstPause = firstPause;
        this.thread = new Thread(this::work, "notify-webhook");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void tell(Notice notice) {
        if (waiting.size() == MOST) {
            Notice gone = waiting.removeFirst();
            LOG.warn("notice={} posted=no reason=\"{} others wait\"", gone.name(), MOST);
        }
        waiting.addLast(notice);
        notifyAll();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        thread.interrupt();
    }

    private void work() {
        Duration pause = firstPause;
        try {
            for (Optional<Notice> next = next(); next.isPresent(); next = next()) {
                if (isOver(next.get())) {
                    remove(next.get());
                    pause = firstPause;
                } else {
                    Thread.sleep(pause.toMillis());
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Optional<Notice> next() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        return closed ? Optional.empty() : Optional.of(waiting.getFirst());
    }

    private synchronized void remove(Notice notice) {
        // It may have gone meanwhile, to make room.
        waiting.remove(notice);
    }

    /** Posts it; false if it is worth another try. */
    private boolean isOver(Notice notice) throws InterruptedException {
        try {
            int status = client.send(request(notice), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            boolean isBusy = status == 408 || status == 429 || status >= 500;
            if (isBusy) {
                failing(notice, "it answered " + status);
                return false;
            }
            if (status >= 300) {
                LOG.warn(
                        "notice={} posted=no reason=\"it answered {}; see caravan.notify.url and caravan.notify.token\"",
                        notice.name(),
                        status);
            }
            isFailing = false;
            return true;
        } catch (IOException e) {
            failing(notice, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
            return false;
        }
    }

    private void failing(Notice notice, String reason) {
        if (!isFailing) {
            LOG.warn("notice={} posted=no reason={} \"it is tried again\"", notice.name(), Quoted.atLength(reason));
        }
        isFailing = true;
    }

    private HttpRequest request(Notice notice) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(TIMEOUT);
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        if (form == Form.JSON) {
            return request.header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(notice.json()))
                    .build();
        }
        return request.header("Title", header(notice.title()))
                .header(
                        "Priority",
                        notice.priority() == Priority.NORMAL
                                ? "default"
                                : notice.priority().word())
                .header("Tags", notice.name())
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
}
