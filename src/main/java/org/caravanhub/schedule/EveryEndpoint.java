package org.caravanhub.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.caravanhub.exchange.Entrance;
import org.caravanhub.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Run a flow again and again: after a period, or at times of the day. Runs do not overlap; what is due while one goes on is skipped.
 *
 * <p>The body is the planned time, as an {@link java.time.OffsetDateTime} of the zone: {@code 2026-11-21T06:30+01:00}.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "every",
        title = "Every",
        syntax = "every:when",
        consumerOnly = true,
        remote = false,
        category = {Category.SCHEDULING})
public final class EveryEndpoint extends DefaultEndpoint implements Entrance, MultipleConsumersSupport {
    private static final String RUN_ONCE = "run-once";

    private final EveryComponent component;

    @UriPath(
            description = "A period from 1s on: 30s, 15m, 1h30m, 2d. Or days: day, weekday, weekend, monday,thursday."
                    + " A period runs first when it is over, and after 10s if that is sooner.")
    @Metadata(required = true)
    private final String when;

    @UriParam(description = "With days: at which times, 06:30 or 06:30,18:00.", defaultValue = "00:00")
    private String at = "";

    @UriParam(description = "With days: whose time, Europe/Berlin. Default: the machine's time zone.")
    private @Nullable String zone;

    @UriParam(
            description =
                    "With days: what becomes of times at which the hub was off. run-once runs once soon after the start.",
            enums = "skip,run-once",
            defaultValue = "skip")
    private String missed = "skip";

    EveryEndpoint(String uri, EveryComponent component, String when) {
        super(uri, component);
        this.component = component;
        this.when = when;
    }

    /**
     * Looks at the options before anything runs.
     *
     * @throws IllegalArgumentException naming what cannot be
     */
    void check() {
        Timing timing = timing();
        zoneId();
        if (!missed.equals("skip") && !missed.equals(RUN_ONCE)) {
            throw new IllegalArgumentException("missed is \"" + missed + "\"; it must be skip or run-once");
        }
        if (timing instanceof Timing.Period && (isCatchingUp() || zone != null)) {
            throw new IllegalArgumentException("missed and zone belong to days; a period begins anew at the start");
        }
    }

    Timing timing() {
        return Timing.of(when, at);
    }

    ZoneId zoneId() {
        try {
            return zone == null ? ZoneId.systemDefault() : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("zone is \"" + zone + "\"; it must be one such as Europe/Berlin", e);
        }
    }

    boolean isCatchingUp() {
        return missed.equals(RUN_ONCE);
    }

    EveryComponent component() {
        return component;
    }

    /** The message's time stands for the planned one; its payload is nothing to this flow. */
    @Override
    public void fill(Exchange exchange, List<Message> messages) {
        fill(exchange, messages.get(0).receivedAt());
    }

    void fill(Exchange exchange, Instant planned) {
        exchange.getMessage().setBody(planned.atZone(zoneId()).toOffsetDateTime());
        exchange.getMessage().setHeader(Exchange.MESSAGE_TIMESTAMP, planned.toEpochMilli());
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        EveryConsumer consumer = new EveryConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        throw new IllegalArgumentException("every: starts a flow; it cannot be a step");
    }

    /** Several flows may run at the same times. */
    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }

    public String getWhen() {
        return when;
    }

    public String getAt() {
        return at;
    }

    public void setAt(String at) {
        this.at = at;
    }

    public @Nullable String getZone() {
        return zone;
    }

    public void setZone(@Nullable String zone) {
        this.zone = zone;
    }

    public String getMissed() {
        return missed;
    }

    public void setMissed(String missed) {
        this.missed = missed;
    }
}
