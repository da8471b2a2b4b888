package org.caravanhub.notice;

import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.service.ServiceHelper;
import org.caravanhub.text.Quoted;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes each dispatch as JSON on {@code caravan/hub/notice/NAME}, for whoever listens; the broker does not keep it. A broker that is away
 * for longer than ten seconds does not get it.
 */
public final class BrokerNotices implements Outlet {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerNotices.class);
    private static final String TOPIC = "caravan/hub/notice";

    private final CamelContext camel;
    private @Nullable AsyncProducer producer;

    /** Publishes by the {@code mqtt:} of this context. */
    public BrokerNotices(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public void tell(Dispatch dispatch) {
        Notice notice = dispatch.notice();
        AsyncProducer started = producer();
        Exchange exchange = started.getEndpoint().createExchange();
        exchange.getMessage().setBody(dispatch.json());
        exchange.getMessage().setHeader("CamelMqttOverrideTopic", TOPIC + "/" + notice.name());
        started.process(exchange, sync -> {
            Exception failure = exchange.getException();
            if (failure != null) {
                LOG.warn(
                        "notice={} published=no reason={}",
                        notice.name(),
                        Quoted.atLength(String.valueOf(failure.getMessage())));
            }
        });
    }

    private synchronized AsyncProducer producer() {
        AsyncProducer made = producer;
        if (made == null) {
            try {
                made = camel.getEndpoint("mqtt:" + TOPIC).createAsyncProducer();
            } catch (Exception e) {
                throw new IllegalStateException("mqtt: cannot publish notices", e);
            }
            ServiceHelper.startService(made);
            producer = made;
        }
        return made;
    }
}
