package org.caravanhub.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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
import org.caravanhub.exchange.Notes;
import org.caravanhub.live.LiveReading;
import org.caravanhub.live.LiveValue;
import org.caravanhub.live.Told;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;

/**
 * Keep readings and what else devices say, or set messages aside; start a flow from what was kept.
 *
 * <p>As a step, the flow goes on when it is committed; many flows share one commit. As a start, the flow is told of what was committed,
 * live and at most once.
 *
 * <p>Body in: one or a list of {@link org.caravanhub.reading.Outcome}, or JSON as devices send it by HTTP. Body out: a
 * {@link Receipt}. See {@code docs/reference/components/store.md}.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "store",
        title = "Caravan Store",
        syntax = "store:what",
        remote = false,
        category = {Category.DATABASE, Category.IOT})
public final class StoreEndpoint extends DefaultEndpoint implements Entrance, MultipleConsumersSupport {
    /** What is given to the store, or told by it. */
    public enum What {
        READING,
        VALUE,
        QUARANTINE;

        static What of(String word) {
            for (What what : values()) {
                if (what.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return what;
                }
            }
            throw new IllegalArgumentException(
                    "store:" + word + " is not known; there are store:reading, store:value and store:quarantine");
        }
    }

    private final StoreComponent component;

    @UriPath(
            description = "As a step what is given to the store: reading or quarantine."
                    + " As a start what it tells: reading or value.",
            enums = "reading,quarantine,value")
    @Metadata(required = true)
    private final What what;

    @UriParam
    private final LiveConfiguration live = new LiveConfiguration();

    @UriParam(
            label = "producer",
            description = "How long to wait for the commit before the flow fails with StoreBusy, in milliseconds; "
                    + "0 waits as long as it takes, which is right for whatever can be asked again, as MQTT can",
            defaultValue = "0",
            javaType = "java.time.Duration")
    private long timeout;

    @UriParam(
            label = "producer",
            description =
                    "Whether what is given was kept before, elsewhere: its moments stay as they are, it is no news to "
                            + "those who listen, and it does not wait for others to share its commit",
            defaultValue = "false")
    private boolean history;

    StoreEndpoint(String uri, StoreComponent component, What what) {
        super(uri, component);
        this.component = component;
        this.what = what;
    }

    @Override
    public void fill(Exchange exchange, List<Message> messages) {
        if (messages.size() != 1) {
            throw new IllegalArgumentException("this flow takes one reading at a time");
        }
        List<Outcome> outcomes = component.decode(messages.get(0));
        if (outcomes.size() != 1 || !(outcomes.get(0) instanceof Reading reading)) {
            String reason = outcomes.get(0) instanceof Malformed malformed ? ": " + malformed.reason() : "";
            throw new IllegalArgumentException("this flow starts from one reading, such as"
                    + " {\"device\":\"hut\",\"metrics\":{\"temperature_c\":21.4}}" + reason);
        }
        fill(exchange, told(reading), reading.receivedAt());
    }

    private Told told(Reading reading) {
        if (what == What.READING) {
            return LiveReading.of(reading);
        }
        return LiveValue.of(reading, live.metricName())
                .orElseThrow(() -> new IllegalArgumentException("the reading has no " + live.metricName()));
    }

    /** Makes the exchange tell this. */
    static void fill(Exchange exchange, Told told, Instant receivedAt) {
        exchange.getMessage().setBody(told);
        exchange.getMessage().setHeader(Exchange.MESSAGE_TIMESTAMP, receivedAt.toEpochMilli());
        exchange.setProperty(Notes.DEVICE, told.device());
        byte[] json = told.text().getBytes(StandardCharsets.UTF_8);
        exchange.setProperty(Notes.MESSAGES, List.of(Message.of("store/" + told.device(), json, receivedAt)));
    }

    /**
     * Looks at the options before anything runs.
     *
     * @throws IllegalArgumentException naming what cannot be
     */
    void check() {
        if (what != What.QUARANTINE) {
            live.check(what == What.VALUE);
        }
    }

    public LiveConfiguration getLive() {
        return live;
    }

    public What getWhat() {
        return what;
    }

    public long getTimeout() {
        return timeout;
    }

    public void setTimeout(long timeout) {
        this.timeout = timeout;
    }

    public boolean isHistory() {
        return history;
    }

    public void setHistory(boolean history) {
        this.history = history;
    }

    StoreComponent component() {
        return component;
    }

    @Override
    public Producer createProducer() {
        if (what == What.VALUE) {
            throw new IllegalArgumentException("store:value tells values, so a flow can only start from it; a step that"
                    + " keeps something is store:reading");
        }
        return new StoreProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (what == What.QUARANTINE) {
            throw new IllegalArgumentException(
                    "store:quarantine keeps things; a flow can start from store:reading or" + " store:value");
        }
        LiveConsumer consumer = new LiveConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    /** Several flows may be told the same. */
    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }
}
