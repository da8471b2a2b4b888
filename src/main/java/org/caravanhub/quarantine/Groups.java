package org.caravanhub.quarantine;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.caravanhub.store.QuarantineQueries;
import org.caravanhub.store.QuarantineSelection;
import org.caravanhub.store.Quarantined;

/** What is in quarantine, alike messages together: there are thousands of messages, and a handful of mistakes. */
public final class Groups {
    private final QuarantineQueries queries;

    /** Groups of what these queries find. */
    public Groups(QuarantineQueries queries) {
        this.queries = queries;
    }

    /**
     * Messages that are there for the same reason.
     *
     * @param kind the reason, without what differs from message to message
     * @param flow that could not use them
     * @param step of the flow
     * @param device that sent them; empty if the topic does not tell
     * @param count how many there are
     * @param first when the oldest came
     * @param last when the newest came
     * @param example the number of the newest
     * @param reason of the newest, in full
     */
    public record Group(
            String cause,
            String kind,
            String flow,
            String step,
            String device,
            long count,
            Instant first,
            Instant last,
            long example,
            String reason) {}

    private record Alike(String cause, String kind, String flow, String step, String device) {}

    /** The groups, largest first. */
    public List<Group> of(QuarantineSelection selection) {
        Map<Alike, Group> groups = new HashMap<>();
        queries.forEach(
                selection,
                message -> groups.merge(
                        alike(message),
                        group(message),
                        (newer, older) -> new Group(
                                newer.cause(),
                                newer.kind(),
                                newer.flow(),
                                newer.step(),
                                newer.device(),
                                newer.count() + 1,
                                earlier(newer.first(), older.first()),
                                earlier(newer.last(), older.last()).equals(newer.last()) ? older.last() : newer.last(),
                                newer.example(),
                                newer.reason())));
        return groups.values().stream()
                .sorted(Comparator.comparingLong(Group::count)
                        .thenComparingLong(Group::example)
                        .reversed())
                .toList();
    }

    private static Alike alike(Quarantined message) {
        return new Alike(
                message.cause(), ReasonKind.of(message.reason()), message.flow(), message.step(), message.device());
    }

    private static Group group(Quarantined message) {
        return new Group(
                message.cause(),
                ReasonKind.of(message.reason()),
                message.flow(),
                message.step(),
                message.device(),
                1,
                message.receivedAt(),
                message.receivedAt(),
                message.id(),
                message.reason());
    }

    /** The hub's clock may have been put back between two messages. */
    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
