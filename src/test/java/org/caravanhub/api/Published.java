package org.caravanhub.api;

import java.util.List;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.caravanhub.exchange.Entrance;
import org.caravanhub.exchange.Notes;
import org.caravanhub.message.Message;
import org.caravanhub.message.TopicFilter;

/** {@code published:FILTER} begins a flow as {@code mqtt:} does, without a broker. */
final class Published extends DefaultComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String filter, Map<String, Object> parameters) {
        return new Topic(uri, this, filter);
    }

    private static final class Topic extends DefaultEndpoint implements Entrance {
        private final List<TopicFilter> filters;

        Topic(String uri, Published component, String filter) {
            super(uri, component);
            this.filters = TopicFilter.listOf(filter);
        }

        @Override
        public void fill(Exchange exchange, List<Message> messages) {
            exchange.getMessage().setBody(messages);
            exchange.setProperty(Notes.MESSAGES, messages);
        }

        @Override
        public boolean reads(String topic) {
            return filters.stream().anyMatch(filter -> filter.matches(topic));
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            return new DefaultConsumer(this, processor);
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException();
        }
    }
}
