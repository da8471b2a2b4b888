package org.caravanhub.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.caravanhub.reading.Outcome;

/** Puts what a flow made of a message in the place of that message in quarantine: in one commit, and once. */
public final class Replacements {
    private final Intake intake;
    private final Duration patience;

    /**
     * Replacements that are written here.
     *
     * @param patience how long to wait for a commit, 10 s in the hub
     */
    public Replacements(Intake intake, Duration patience) {
        this.intake = intake;
        this.patience = patience;
    }

    /**
     * What became of it, told after the commit.
     *
     * @param receipt what was written
     * @param cameTooLate whether the message was not in quarantine any more, so that nothing was written
     */
    public record Replaced(Receipt receipt, boolean cameTooLate) {}

    /**
     * Writes the outcomes, takes the message out, and moves what was counted for it. What is malformed again stays in quarantine; the first
     * of it under the message's number, and as it came if it is all there is.
     *
     * @param id the message's number
     * @param flow that made them, for the ledger
     * @param step of the flow
     * @return what became of it; fails with {@link StoreBusy} if it was not committed in time or refused, then nothing has changed
     */
    public CompletableFuture<Replaced> give(long id, String flow, String step, List<? extends Outcome> outcomes)
            throws InterruptedException {
        Answer answer = new Answer();
        Delivery delivery =
                Delivery.replacing(id, flow, step, outcomes, System.nanoTime() + patience.toNanos(), answer);
        answer.delivery = delivery;
        intake.submit(delivery);
        return answer.decided;
    }

    private static final class Answer implements Delivery.Answer {
        private final CompletableFuture<Replaced> decided = new CompletableFuture<>();

        @SuppressWarnings("NullAway.Init") // set before it is submitted
        private Delivery delivery;

        @Override
        public void stored(Receipt receipt) {
            decided.complete(new Replaced(receipt, delivery.cameTooLate));
        }

        @Override
        public void refused(StoreBusy reason) {
            decided.completeExceptionally(reason);
        }
    }
}
