package org.caravanhub.mqtt;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.caravanhub.exchange.Entrance;
import org.caravanhub.exchange.Notes;
import org.caravanhub.message.Message;
import org.caravanhub.message.TopicFilter;
import org.jspecify.annotations.Nullable;

/**
 * Receive messages from an MQTT broker at least once, and publish to it.
 *
 * <p>A consumer keeps a session at the broker, acknowledges a message when its exchange is done, and comes back for ever.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "mqtt",
        title = "MQTT",
        syntax = "mqtt:topic",
        category = {Category.MESSAGING, Category.IOT},
        headersClass = MqttConstants.class)
public final class MqttEndpoint extends DefaultEndpoint
        implements Entrance, EndpointServiceLocation, MultipleConsumersSupport {
    /** Camel reads a + in an option of a URI as a blank; as a whole level of a topic nothing else can be meant. */
    private static final Pattern PLUS = Pattern.compile("(?<=^|[/,]) (?=$|[/,])");

    @UriPath(
            description = "Consumer: topic filters separated by commas, with wildcards and $share/GROUP/ if wanted."
                    + " Producer: the topic.")
    @Metadata(required = true)
    private final String topic;

    @UriParam
    private final MqttConfiguration configuration;

    @UriParam(
            label = "common",
            enums = "0,1,2",
            defaultValue = "1",
            description = "Quality of service: the highest to receive with, or the one to publish with.")
    private int qos = 1;

    @UriParam(
            label = "consumer",
            description = "Whether the broker forgets the session, and what waits in it, when this consumer connects.")
    private boolean cleanStart;

    @UriParam(
            label = "consumer",
            defaultValue = "1209600",
            description = "Seconds for which the broker keeps the session while this consumer is away. MQTT 5 only."
                    + " Default: 14 days.")
    private long sessionExpiryInterval = 1_209_600;

    @UriParam(
            label = "consumer",
            defaultValue = "1000",
            description = "How many unacknowledged messages the broker may send. MQTT 5 only.")
    private int receiveMaximum = 1000;

    @UriParam(
            label = "consumer",
            description = "How many messages may be unsettled before reading pauses. Default: the larger of"
                    + " receiveMaximum and four batches.")
    private int maxPending;

    @UriParam(
            label = "consumer",
            defaultValue = "262144",
            description = "Bytes; of a larger message only the first 65,536 are kept, and its true size.")
    private int maxPayload = 262_144;

    @UriParam(
            label = "consumer",
            defaultValue = "1",
            description = "With 1, each message is an exchange with its payload as body. With more, all messages that"
                    + " wait, up to so many, are one exchange with a List of org.caravanhub.message.Message as body.")
    private int batch = 1;

    @UriParam(
            label = "consumer",
            description =
                    "Where a message goes that fails; it is acknowledged when that is done. Default: the component's.")
    private @Nullable String deadLetter;

    @UriParam(
            label = "consumer",
            description = "Whether to pass only messages that no other mqtt: consumer of this process reads.")
    private boolean unmatched;

    @UriParam(
            label = "consumer",
            description = "Topic filters separated by commas. What comes on such a topic is not for this flow: it is"
                    + " acknowledged, and not passed.")
    private @Nullable String except;

    @UriParam(
            label = "consumer",
            description = "Whether to leave out what the broker kept from before this consumer subscribed.")
    private boolean skipRetained;

    @UriParam(label = "producer", description = "Whether the broker keeps the message for later subscribers.")
    private boolean retained;

    @UriParam(
            label = "producer",
            defaultValue = "10000",
            javaType = "java.time.Duration",
            description = "How long to wait for the broker's acknowledgement.")
    private long timeout = 10_000;

    MqttEndpoint(String uri, MqttComponent component, String topic, MqttConfiguration configuration) {
        super(uri, component);
        this.topic = topic;
        this.configuration = configuration;
    }

    @Override
    public void fill(Exchange exchange, List<Message> messages) {
        if (batch == 1) {
            if (messages.size() > 1) {
                throw new IllegalArgumentException("this flow takes one message at a time; batch is 1");
            }
            fill(exchange, messages.get(0), qos);
        } else {
            exchange.getMessage().setBody(messages);
            exchange.setProperty(Notes.MESSAGES, messages);
        }
    }

    /** What takes what nobody else asked for has not asked for anything itself. */
    @Override
    public boolean reads(String name) {
        return !unmatched && new Interest(TopicFilter.listOf(topic), exceptions(), skipRetained).reads(name);
    }

    static void fill(Exchange exchange, Message message, int qos) {
        org.apache.camel.Message in = exchange.getMessage();
        in.setHeader(MqttConstants.TOPIC, message.topic());
        in.setHeader(MqttConstants.QOS, qos);
        in.setHeader(MqttConstants.RETAINED, message.retained());
        in.setHeader(MqttConstants.DUPLICATE, message.repeated());
        in.setHeader(Exchange.MESSAGE_TIMESTAMP, message.receivedAt().toEpochMilli());
        in.setBody(message.payload());
        exchange.setProperty(Notes.MESSAGES, List.of(message));
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        MqttConsumer consumer = new MqttConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        return new MqttProducer(this);
    }

    @Override
    public MqttComponent getComponent() {
        return (MqttComponent) super.getComponent();
    }

    /** Several flows may read one topic: each has a session of its own. */
    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }

    @Override
    public String getServiceUrl() {
        return getComponent().brokerUrl(configuration).toString();
    }

    @Override
    public String getServiceProtocol() {
        return "mqtt";
    }

    /**
     * Looks at the options before anything runs, so that a dry run finds mistakes.
     *
     * @throws IllegalArgumentException naming the first option that cannot be
     */
    void check() {
        TopicFilter.listOf(topic);
        exceptions();
        getComponent().brokerUrl(configuration);
        if (qos < 0 || qos > 2) {
            throw new IllegalArgumentException("qos is " + qos + "; it must be 0, 1 or 2.");
        }
        if (batch < 1) {
            throw new IllegalArgumentException("batch is " + batch + "; it must be at least 1.");
        }
        if (receiveMaximum < 1 || receiveMaximum > 65_535) {
            throw new IllegalArgumentException("receiveMaximum is " + receiveMaximum + "; it must be 1 to 65535.");
        }
    }

    /** Where a message goes that fails. */
    String deadLetterUri() {
        return deadLetter == null ? getComponent().getDeadLetter() : deadLetter;
    }

    /** What the options make of this consumer. */
    MqttSubscriber.Wish wish(String flow) {
        int pending = maxPending > 0 ? maxPending : Math.max(receiveMaximum, 4 * batch);
        return new MqttSubscriber.Wish(
                flow,
                new Interest(TopicFilter.listOf(topic), exceptions(), skipRetained),
                qos,
                pending,
                maxPayload,
                unmatched);
    }

    private List<TopicFilter> exceptions() {
        return except == null
                ? List.of()
                : TopicFilter.listOf(PLUS.matcher(except).replaceAll("+"));
    }

    public String getTopic() {
        return topic;
    }

    public MqttConfiguration getConfiguration() {
        return configuration;
    }

    public int getQos() {
        return qos;
    }

    public void setQos(int qos) {
        this.qos = qos;
    }

    public boolean isCleanStart() {
        return cleanStart;
    }

    public void setCleanStart(boolean cleanStart) {
        this.cleanStart = cleanStart;
    }

    public long getSessionExpiryInterval() {
        return sessionExpiryInterval;
    }

    public void setSessionExpiryInterval(long sessionExpiryInterval) {
        this.sessionExpiryInterval = sessionExpiryInterval;
    }

    public int getReceiveMaximum() {
        return receiveMaximum;
    }

    public void setReceiveMaximum(int receiveMaximum) {
        this.receiveMaximum = receiveMaximum;
    }

    public int getMaxPending() {
        return maxPending;
    }

    public void setMaxPending(int maxPending) {
        this.maxPending = maxPending;
    }

    public int getMaxPayload() {
        return maxPayload;
    }

    public void setMaxPayload(int maxPayload) {
        this.maxPayload = maxPayload;
    }

    public int getBatch() {
        return batch;
    }

    public void setBatch(int batch) {
        this.batch = batch;
    }

    public @Nullable String getDeadLetter() {
        return deadLetter;
    }

    public void setDeadLetter(@Nullable String deadLetter) {
        this.deadLetter = deadLetter;
    }

    public boolean isUnmatched() {
        return unmatched;
    }

    public void setUnmatched(boolean unmatched) {
        this.unmatched = unmatched;
    }

    public @Nullable String getExcept() {
        return except;
    }

    public void setExcept(@Nullable String except) {
        this.except = except;
    }

    public boolean isSkipRetained() {
        return skipRetained;
    }

    public void setSkipRetained(boolean skipRetained) {
        this.skipRetained = skipRetained;
    }

    public boolean isRetained() {
        return retained;
    }

    public void setRetained(boolean retained) {
        this.retained = retained;
    }

    public long getTimeout() {
        return timeout;
    }

    public void setTimeout(long timeout) {
        this.timeout = timeout;
    }
}
