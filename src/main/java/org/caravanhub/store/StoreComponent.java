package org.caravanhub.store;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
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

    /** For Camel's tooling; such a component cannot store. */
    public StoreComponent() {}

    Intake intake() {
        return Objects.requireNonNull(intake, "store: has no database");
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
        return endpoint;
    }
}
