package org.caravanhub.store;

import java.util.Locale;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Keep readings and what else devices say, or set messages aside. The flow goes on when it is committed; many flows share one commit.
 *
 * <p>Body in: one or a list of {@link org.caravanhub.reading.Outcome}, or JSON as devices send it by HTTP. Body out: a
 * {@link Receipt}. See {@code docs/reference/components/store.md}.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "store",
        title = "Caravan Store",
        syntax = "store:what",
        producerOnly = true,
        remote = false,
        category = {Category.DATABASE, Category.IOT})
public final class StoreEndpoint extends DefaultEndpoint {
    /** What is given to the store. */
    public enum What {
        READING,
        QUARANTINE;

        static What of(String word) {
            for (What what : values()) {
                if (what.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return what;
                }
            }
            throw new IllegalArgumentException(
                    "store:" + word + " is not known; there are store:reading and store:quarantine");
        }
    }

    private final StoreComponent component;

    @UriPath(description = "What is given to the store", enums = "reading,quarantine")
    @Metadata(required = true)
    private final What what;

    @UriParam(
            description = "How long to wait for the commit before the flow fails with StoreBusy, in milliseconds; "
                    + "0 waits as long as it takes, which is right for whatever can be asked again, as MQTT can",
            defaultValue = "0",
            javaType = "java.time.Duration")
    private long timeout;

    @UriParam(
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
        return new StoreProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("store: keeps things; it cannot be what a flow starts from");
    }
}
