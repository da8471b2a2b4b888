package org.caravanhub.quarantine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.camel.CamelContext;
import org.caravanhub.reading.Malformed;
import org.caravanhub.store.QuarantineQueries.Found;
import org.caravanhub.store.Quarantined;
import org.caravanhub.store.Replacements;
import org.caravanhub.store.StoreBusy;

/**
 * Gives messages of quarantine to their flows again, as these are now and with the time at which they came. What a flow makes of a
 * message takes its place in one commit; so it happens once, however often it is asked for and whenever the hub is killed.
 */
public final class Replay {
    private final Doors doors;
    private final FlowRun flows;
    private final Replacements replacements;

    /**
     * Replays into the flows of this context.
     *
     * @param limit how long a flow may take for one message, 5 s in the hub
     */
    public Replay(CamelContext camel, Replacements replacements, Duration limit) {
        this.doors = new Doors(camel);
        this.flows = new FlowRun(limit);
        this.replacements = replacements;
    }

    /** One that is being written. */
    private record Given(Found found, List<Malformed> malformed, CompletableFuture<Replacements.Replaced> answer) {}

    /**
     * Replays these in their order, for as long as that; what is left over is replayed by asking again.
     *
     * @param after the number after which it goes on
     * @param into the flow to give them to, instead of each one's own
     * @throws StoreBusy if the first of them could not be written
     */
    public Mended of(List<Found> messages, long after, Optional<String> into, Duration atMost)
            throws InterruptedException {
        Tally tally = new Tally(after);
        long end = System.nanoTime() + atMost.toNanos();
        List<Given> given = new ArrayList<>();
        for (Found found : messages) {
            if (System.nanoTime() - end > 0) {
                break;
            }
            try {
                give(found, into, tally).ifPresent(given::add);
            } catch (CannotEnter e) {
                tally.unable(found.about().id(), e.why());
            }
        }
        // All of them wait together, and so share a commit.
        for (Given one : given) {
            settle(one, tally);
        }
        return tally.mended();
    }

    private Optional<Given> give(Found found, Optional<String> into, Tally tally)
            throws CannotEnter, InterruptedException {
        Quarantined about = found.about();
        Door door = doors.of(about, found.payload().length, into);
        FlowRun.Made made = flows.of(about, Trial.message(found), door);
        List<Malformed> malformed = made.outcomes().stream()
                .filter(Malformed.class::isInstance)
                .map(Malformed.class::cast)
                .toList();
        if (made.outcomes().size() == 1 && !malformed.isEmpty() && isAsBefore(about, malformed.get(0), door, made)) {
            tally.failed(about.id(), about.reason());
            return Optional.empty();
        }
        return Optional.of(
                new Given(found, malformed, replacements.give(about.id(), door.flow(), made.step(), made.outcomes())));
    }

    /** Then there is nothing to write. */
    private static boolean isAsBefore(Quarantined about, Malformed again, Door door, FlowRun.Made made) {
        return about.cause().equals(again.cause().word())
                && about.reason().equals(again.reason())
                && about.device().equals(again.device())
                && about.flow().equals(door.flow())
                && about.step().equals(made.step());
    }

    private static void settle(Given given, Tally tally) throws InterruptedException {
        long id = given.found().about().id();
        try {
            Replacements.Replaced replaced = given.answer().get();
            if (replaced.cameTooLate()) {
                tally.gone(id);
                return;
            }
            tally.written(replaced.receipt());
            if (replaced.receipt().quarantined() == 0) {
                tally.passed(id);
            } else {
                tally.failed(
                        id,
                        given.malformed().stream()
                                .findFirst()
                                .map(Malformed::reason)
                                .orElse("the store set it aside; its new reason says why"));
            }
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            if (cause instanceof StoreBusy busy && tally.isEmpty()) {
                throw busy;
            }
            tally.unable(id, String.valueOf(cause.getMessage()));
        }
    }
}
