package org.caravanhub.quarantine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed;
import org.caravanhub.rehearsal.Rehearsal;
import org.caravanhub.store.QuarantineQueries.Found;

/** Tries messages of quarantine on the flows as they are now; nothing comes of it. */
public final class Trial {
    private final Doors doors;
    private final Rehearsal rehearsal;

    /** Trials on the flows of this context. */
    public Trial(CamelContext camel, Rehearsal rehearsal) {
        this.doors = new Doors(camel);
        this.rehearsal = rehearsal;
    }

    /**
     * Tries these in their order, for as long as that; what is left over is tried by asking again.
     *
     * @param after the number after which it goes on
     * @param into the flow to try them on, instead of each one's own
     */
    public Mended of(List<Found> messages, long after, Optional<String> into, Duration atMost) {
        Tally tally = new Tally(after);
        long end = System.nanoTime() + atMost.toNanos();
        for (Found found : messages) {
            if (System.nanoTime() - end > 0) {
                break;
            }
            long id = found.about().id();
            try {
                Door door = doors.of(found.about(), found.payload().length, into);
                Rehearsal.Result result = rehearsal.of(door.route().getRouteId(), message(found));
                if (result.passes()) {
                    tally.passed(id);
                } else {
                    tally.failed(id, result.failure().orElseGet(() -> reason(result)));
                }
            } catch (CannotEnter e) {
                tally.unable(id, e.why());
            } catch (IllegalArgumentException e) {
                tally.unable(id, String.valueOf(e.getMessage()));
            }
        }
        return tally.mended();
    }

    static Message message(Found found) {
        return Message.of(found.about().topic(), found.payload(), found.about().receivedAt());
    }

    private static String reason(Rehearsal.Result result) {
        return result.kept().stream()
                .filter(Malformed.class::isInstance)
                .map(outcome -> ((Malformed) outcome).reason())
                .findFirst()
                .orElse("it fails");
    }
}
