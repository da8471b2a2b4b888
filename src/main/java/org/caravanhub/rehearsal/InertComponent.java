package org.caravanhub.rehearsal;

import java.util.Map;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.EventDrivenPollingConsumer;
import org.jspecify.annotations.Nullable;

/** Stands in for a component that reaches out: takes every option, opens nothing, and tells what would be done. */
final class InertComponent extends DefaultComponent {
    private final String scheme;
    private final Telling telling;
    private final @Nullable Component producing;

    /** @param producing whose producers do the work after all; null if nothing does */
    InertComponent(String scheme, Telling telling, @Nullable Component producing) {
        this.scheme = scheme;
        this.telling = telling;
        this.producing = producing;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        parameters.clear();
        return new Inert(uri, remaining);
    }

    @Override
    public boolean useRawUri() {
        return true;
    }

    private final class Inert extends DefaultEndpoint {
        private final String uri;
        private final String remaining;

        Inert(String uri, String remaining) {
            super(uri, InertComponent.this);
            this.uri = uri;
            this.remaining = remaining;
        }

        @Override
        public boolean isLenientProperties() {
            return true;
        }

        @Override
        public Producer createProducer() throws Exception {
            if (producing != null) {
                producing.setCamelContext(getCamelContext());
                return producing.createEndpoint(uri).createProducer();
            }
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) {
                    Recording recording = RehearsedStep.recording(exchange);
                    recording.tell(telling.of(scheme, remaining, uri, exchange));
                }
            };
        }

        /** Never has anything. */
        @Override
        public Consumer createConsumer(Processor processor) {
            return new DefaultConsumer(this, processor);
        }

        @Override
        public PollingConsumer createPollingConsumer() {
            return new EventDrivenPollingConsumer(this);
        }
    }
}
