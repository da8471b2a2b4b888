package org.caravanhub.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.caravanhub.device.Presence;
import org.caravanhub.device.PresenceChange;

/** For which share of a time a device was online. Stale is not online; while it was disabled or never heard does not count. */
public final class OnlineShare {
    private OnlineShare() {}

    /**
     * The share of the last while, as far back as its changes tell.
     *
     * @param changes newest first
     * @param now how it is now
     * @return from 0 to 1; empty if nothing is known of that time
     */
    public static OptionalDouble of(List<PresenceChange> changes, Standing now, Duration last, Instant at) {
        Instant from = at.minus(last);
        Tally tally = new Tally();
        Instant until = tally.add(now.state(), now.since(), from, at);
        for (PresenceChange change : changes) {
            until = tally.add(change.state(), change.at(), from, until);
        }
        return tally.known == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) tally.online / tally.known);
    }

    private static final class Tally {
        private long known;
        private long online;

        /** Counts a state that held since then until the next one began; answers when it began. */
        Instant add(Presence state, Instant since, Instant from, Instant until) {
            Instant begin = since.isBefore(from) ? from : since;
            long millis = Math.max(0, Duration.between(begin, until).toMillis());
            if (state != Presence.NEW && state != Presence.DISABLED) {
                known += millis;
                online += state == Presence.ONLINE ? millis : 0;
            }
            return since.isBefore(until) ? since : until;
        }
    }
}
