package org.caravanhub.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.function.Supplier;

/**
 * One client of the stream. What it does not read in time is bounded: then it misses events, and is told so with {@code reset} when
 * it reads again.
 */
final class EventListener {
    private static final int UNREAD_BYTES = 64 * 1024;

    private final HttpServerResponse response;
    private final List<String> topics;
    private final List<String> devices;
    private final Supplier<Buffer> reset;
    private volatile boolean behind;

    EventListener(HttpServerResponse response, Question question, Supplier<Buffer> reset) {
        this.response = response.setWriteQueueMaxSize(UNREAD_BYTES);
        this.topics = question.words("topics");
        this.devices = question.words("device");
        this.reset = reset;
    }

    void send(Event event) {
        boolean wanted = (topics.isEmpty() || topics.contains(event.topic()))
                && (event.device().isEmpty() || devices.isEmpty() || devices.contains(event.device()));
        if (wanted) {
            send(event.text());
        }
    }

    void send(Buffer text) {
        if (behind) {
            return;
        }
        if (response.writeQueueFull()) {
            behind = true;
            response.drainHandler(drained -> {
                behind = false;
                write(reset.get());
            });
            return;
        }
        write(text);
    }

    void write(Buffer text) {
        if (!response.ended() && !response.closed()) {
            response.write(text);
        }
    }

    void end() {
        if (!response.ended() && !response.closed()) {
            response.end();
        }
    }
}
