package org.caravanhub.store;

import java.util.List;
import java.util.function.Consumer;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Outcome;

/** Keeps nothing: tells what it was given, and answers as if it had been kept. For a flow that is only tried. */
public final class RehearsedIntake implements Intake {
    private final Consumer<List<? extends Outcome>> told;

    /** @param told hears what would have been kept, on the thread of the flow */
    public RehearsedIntake(Consumer<List<? extends Outcome>> told) {
        this.told = told;
    }

    @Override
    public void submit(Delivery delivery) {
        List<? extends Outcome> outcomes = delivery.outcomes();
        told.accept(outcomes);
        long malformed = outcomes.stream().filter(Malformed.class::isInstance).count();
        delivery.stored(new Receipt(outcomes.size(), outcomes.size() - malformed, 0, malformed));
    }

    @Override
    public void hurry() {}

    @Override
    public AutoCloseable hurryForNow() {
        return () -> {};
    }

    @Override
    public void sound(Runnable sign) {
        sign.run();
    }
}
