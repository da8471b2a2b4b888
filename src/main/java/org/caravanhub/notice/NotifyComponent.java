package org.caravanhub.notice;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/** {@code notify:}: the step of a flow that tells the hub's owner something. */
@Component("notify")
public final class NotifyComponent extends DefaultComponent {
    private @Nullable Notices notices;
    private Clock clock = Clock.systemUTC();

    /** Tells it here. */
    public NotifyComponent(Notices notices, Clock clock) {
        this.notices = notices;
        this.clock = clock;
    }

    /** For Camel's tooling; such a component tells nobody. */
    public NotifyComponent() {}

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) throws Exception {
        NotifyEndpoint endpoint = new NotifyEndpoint(uri, this, name);
        setProperties(endpoint, parameters);
        endpoint.check();
        return endpoint;
    }

    Notices notices() {
        return Objects.requireNonNull(notices, "notify: has nowhere to tell");
    }

    Clock clock() {
        return clock;
    }
}
