package org.caravanhub.http;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The last events of one kind of stream, and who listens to it. Numbers rise without a gap as long as somebody listens. Used on one
 * event loop only.
 */
final class EventChannel {
    private static final int KEPT = 2000;
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

    private final String idPrefix;
    private final Deque<Event> kept = new ArrayDeque<>();
    private final List<EventListener> listeners = new ArrayList<>();
    private long last;
    private long forgotten;

    /** @param idPrefix what its ids begin with; differs between channels and between starts of the hub */
    EventChannel(String idPrefix) {
        this.idPrefix = idPrefix;
    }

    boolean hasListeners() {
        return !listeners.isEmpty();
    }

    int listeners() {
        return listeners.size();
    }

    void publish(String topic, String device, byte[] data) {
        last++;
        Event event = Event.of(idPrefix, last, topic, device, data);
        kept.addLast(event);
        if (kept.size() > KEPT) {
            forgotten = kept.removeFirst().number();
        }
        listeners.forEach(listener -> listener.send(event));
    }

    /** Somebody listens from now on, or from where the connection broke. */
    void join(EventListener listener, String lastEventId, byte[] hello) {
        Optional<Long> seen = number(lastEventId);
        boolean isKnown = seen.isPresent() && seen.get() >= forgotten && seen.get() <= last;
        long from = isKnown ? seen.orElse(last) : last;
        listener.write(Buffer.buffer("retry: 3000\n").appendBuffer(Event.text(idPrefix + from, "hello", hello)));
        if (!isKnown && !lastEventId.isEmpty()) {
            listener.write(reset());
        }
        for (Event event : kept) {
            if (event.number() > from) {
                listener.send(event);
            }
        }
        listeners.add(listener);
    }

    void leave(EventListener listener) {
        listeners.remove(listener);
    }

    /** A line that says nothing, so that both ends notice when the other is gone. */
    void beat() {
        listeners.forEach(listener -> listener.send(Buffer.buffer(": \n\n")));
    }

    /** Nothing is known about what happened until now: whoever comes back has to ask for the state anew. */
    void forget() {
        kept.clear();
        last++;
        forgotten = last;
        listeners.forEach(listener -> listener.write(reset()));
    }

    Buffer reset() {
        return Event.text(idPrefix + last, "reset", EMPTY);
    }

    private Optional<Long> number(String id) {
        String digits = id.startsWith(idPrefix) ? id.substring(idPrefix.length()) : "";
        return digits.matches("\\d{1,18}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
    }
}
