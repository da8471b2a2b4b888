package org.caravanhub.store;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.SimpleTypeConverter;
import org.caravanhub.device.Admission;
import org.caravanhub.live.LiveReading;
import org.caravanhub.live.LiveValue;
import org.caravanhub.live.Told;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.jspecify.annotations.Nullable;

/** {@code store:}: the step of a flow that keeps something. One for the process, shared by all flows. */
@Component("store")
public final class StoreComponent extends DefaultComponent {
    private @Nullable Intake intake;
    private @Nullable Function<Message, List<Outcome>> decoder;
    private IntSupplier doubts = () -> 0;
    private @Nullable LiveReadings live;
    private @Nullable Crossings crossings;
    private Clock clock = Clock.systemUTC();
    private Admission admission = Admission.EVERYBODY;

    /**
     * @param intake who takes it
     * @param decoder reads the bodies of users' flows, which are JSON like {@code {"device":"hut","metrics":{...}}}
     */
    public StoreComponent(Intake intake, Function<Message, List<Outcome>> decoder) {
        this.intake = intake;
        this.decoder = decoder;
    }

    /** What is doubtful about every reading that comes now: bits of {@link org.caravanhub.reading.Flag}. */
    public StoreComponent flagging(IntSupplier bits) {
        this.doubts = bits;
        return this;
    }

    /**
     * Flows may start from what is kept.
     *
     * @param told what they are told by
     * @param memory of values that are beyond a limit
     * @param time of the hub
     */
    public StoreComponent telling(LiveReadings told, Crossings memory, Clock time) {
        this.live = told;
        this.crossings = memory;
        this.clock = time;
        return this;
    }

    /** Only of devices that are let in something is kept. */
    public StoreComponent admitting(Admission whom) {
        this.admission = whom;
        return this;
    }

    /** For Camel's tooling; such a component cannot store. */
    public StoreComponent() {}

    Intake intake() {
        return Objects.requireNonNull(intake, "store: has no database");
    }

    Admission admission() {
        return admission;
    }

    LiveReadings live() {
        return Objects.requireNonNull(live, "store: tells nobody what it keeps");
    }

    Crossings crossings() {
        return Objects.requireNonNull(crossings, "store: remembers no limits");
    }

    Clock clock() {
        return clock;
    }

    /** A flow that starts from {@code store:} gives these to it: it is not told of them. */
    void noteOwn(Exchange exchange, List<? extends Outcome> outcomes) {
        LiveReadings telling = live;
        if (telling != null && exchange.getFromEndpoint() instanceof StoreEndpoint) {
            telling.leaveOut(exchange.getFromRouteId(), outcomes);
        }
    }

    /** The same, with what is doubtful about all of them now. */
    List<? extends Outcome> flagged(List<? extends Outcome> outcomes) {
        int bits = doubts.getAsInt();
        return bits == 0
                ? outcomes
                : outcomes.stream()
                        .map(outcome -> outcome instanceof Reading reading ? reading.with(bits) : outcome)
                        .toList();
    }

    List<Outcome> decode(Message message) {
        return Objects.requireNonNull(decoder, "store: has no decoder").apply(message);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        StoreEndpoint endpoint = new StoreEndpoint(uri, this, StoreEndpoint.What.of(remaining));
        setProperties(endpoint, parameters);
        endpoint.check();
        return endpoint;
    }

    /** What is told can be published and posted as it is. */
    @Override
    protected void doInit() throws Exception {
        super.doInit();
        TypeConverterRegistry converters = getCamelContext().getTypeConverterRegistry();
        for (Class<? extends Told> type : List.of(LiveReading.class, LiveValue.class)) {
            converters.addTypeConverter(
                    byte[].class, type, new SimpleTypeConverter(false, (to, exchange, told) -> told.toString()
                            .getBytes(StandardCharsets.UTF_8)));
            converters.addTypeConverter(
                    InputStream.class,
                    type,
                    new SimpleTypeConverter(
                            false,
                            (to, exchange, told) ->
                                    new ByteArrayInputStream(told.toString().getBytes(StandardCharsets.UTF_8))));
        }
    }
}
