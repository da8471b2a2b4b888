package org.caravanhub.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanhub.health.HealthReport;
import org.caravanhub.reading.Reading;
import org.caravanhub.store.CommitListener;
import org.caravanhub.store.Receipt;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/events}: what is committed, as it is committed. Costs one look at a flag for each commit when nobody listens;
 * a minute after the last listener left it stops remembering, and who comes back later starts with {@code reset}.
 *
 * <p>{@link #committed} and {@link #tell} may be called by any thread; everything else happens on one event loop.
 */
public final class EventStream implements CommitListener, AutoCloseable {
    private static final int MOST_LISTENERS = 100;
    private static final int MOST_WAITING = 20_000;
    private static final int RETRY_SECONDS = 10;
    private static final long TICK_MILLIS = 100;
    private static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long HEALTH_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long QUARANTINE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MEMORY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String version;
    private final HealthReport health;
    private final Clock clock;
    private final String boot;
    private final EventChannel calm;
    private final EventChannel raw;
    private final NewestEachSecond newest = new NewestEachSecond();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean listening;
    private volatile boolean missed;
    private @Nullable Context loop;
    private long timer;
    private long quarantined;
    private long quarantineToldAt;
    private long beatenAt;
    private long healthToldAt;
    private long leftAt;
    private String healthTold = "";

    /** A stream that nobody listens to yet. */
    public EventStream(String version, HealthReport health, Clock clock) {
        this.version = version;
        this.health = health;
        this.clock = clock;
        this.boot = Long.toString(clock.millis(), 36);
        this.calm = new EventChannel(boot + "-");
        this.raw = new EventChannel(boot + "r-");
    }

    @Override
    public void committed(List<Reading> stored, Receipt receipt) {
        if (!listening || (stored.isEmpty() && receipt.quarantined() == 0)) {
            return;
        }
        Context context = loop;
        if (context == null || waiting.get() > MOST_WAITING) {
            missed = true;
            return;
        }
        Reading[] readings = stored.toArray(new Reading[0]);
        waiting.addAndGet(readings.length);
        context.runOnContext(now -> take(readings, receipt.quarantined()));
    }

    /** Tells all who listen of something else than readings; any thread may. */
    public void tell(String topic, String device, byte[] data) {
        Context context = loop;
        if (listening && context != null) {
            context.runOnContext(now -> {
                calm.publish(topic, device, data);
                raw.publish(topic, device, data);
            });
        }
    }

    /** How many listen. */
    public int listeners() {
        return calm.listeners() + raw.listeners();
    }

    void start(Vertx vertx) {
        loop = vertx.getOrCreateContext();
    }

    void open(RoutingContext request, Question question) {
        Context context = loop;
        if (context == null) {
            throw new IllegalStateException("The stream does not run yet");
        }
        String lastEventId = Optional.ofNullable(request.request().getHeader("Last-Event-ID"))
                .orElse("");
        context.runOnContext(now -> join(context, request, question, lastEventId));
    }

    @Override
    public void close() {
        listening = false;
    }

    private void join(Context context, RoutingContext request, Question question, String lastEventId) {
        HttpServerResponse response = request.response();
        if (listeners() >= MOST_LISTENERS) {
            request.fail(Problem.retry(
                    ProblemCode.BUSY, MOST_LISTENERS + " clients listen already. Close one.", RETRY_SECONDS));
            return;
        }
        if (!listening) {
            listening = true;
            timer = context.owner().setPeriodic(TICK_MILLIS, tick -> context.runOnContext(now -> tick(context)));
        }
        response.setChunked(true).putHeader("Content-Type", "text/event-stream").putHeader("X-Accel-Buffering", "no");
        EventChannel channel = question.word("rate").equals("raw") ? raw : calm;
        EventListener listener = new EventListener(response, question, channel::reset);
        request.addEndHandler(gone -> context.runOnContext(now -> {
            channel.leave(listener);
            leftAt = System.nanoTime();
        }));
        channel.join(listener, lastEventId, hello());
    }

    private byte[] hello() {
        return Json.of(json -> {
            json.writeStartObject();
            json.writeStringField("version", version);
            json.writeStringField("boot", boot);
            json.writeStringField("time", Moment.text(clock.instant()));
            json.writeEndObject();
        });
    }

    private void take(Reading[] readings, long setAside) {
        long now = System.nanoTime();
        waiting.addAndGet(-readings.length);
        quarantined += setAside;
        boolean hasRaw = raw.hasListeners();
        for (Reading reading : readings) {
            newest.take(reading, now);
            if (hasRaw) {
                raw.publish("reading", reading.source().device(), data(reading, 1));
            }
        }
        tellNewest(now);
    }

    private void tellNewest(long now) {
        newest.tell(
                now,
                (reading, count) -> calm.publish("reading", reading.source().device(), data(reading, count)));
    }

    private static byte[] data(Reading reading, int count) {
        return Json.of(json -> {
            json.writeStartObject();
            ReadingJson.writeFields(json, reading);
            json.writeNumberField("count", count);
            json.writeEndObject();
        });
    }

    private void tick(Context context) {
        long now = System.nanoTime();
        if (missed) {
            missed = false;
            calm.forget();
            raw.forget();
        }
        tellNewest(now);
        if (quarantined > 0 && now - quarantineToldAt >= QUARANTINE_NANOS) {
            byte[] data = ("{\"count\":" + quarantined + "}").getBytes(java.nio.charset.StandardCharsets.UTF_8);
            publish("quarantine", data);
            quarantined = 0;
            quarantineToldAt = now;
        }
        if (now - beatenAt >= BEAT_NANOS) {
            calm.beat();
            raw.beat();
            beatenAt = now;
        }
        if (now - healthToldAt >= HEALTH_NANOS) {
            healthToldAt = now;
            tellHealth();
        }
        if (listeners() == 0 && now - leftAt > MEMORY_NANOS) {
            stopListening(context);
        }
    }

    private void tellHealth() {
        byte[] data = Json.of(json -> {
            json.writeStartObject();
            json.writeStringField("status", health.state().word());
            json.writeArrayFieldStart("checks");
            for (HealthReport.Line line : health.lines()) {
                json.writeStartObject();
                json.writeStringField("name", line.name());
                json.writeStringField("state", line.health().state().word());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
        String text = new String(data, java.nio.charset.StandardCharsets.UTF_8);
        if (!text.equals(healthTold)) {
            healthTold = text;
            publish("health", data);
        }
    }

    private void publish(String topic, byte[] data) {
        calm.publish(topic, "", data);
        raw.publish(topic, "", data);
    }

    private void stopListening(Context context) {
        listening = false;
        context.owner().cancelTimer(timer);
        calm.forget();
        raw.forget();
        newest.forget();
        quarantined = 0;
    }
}
