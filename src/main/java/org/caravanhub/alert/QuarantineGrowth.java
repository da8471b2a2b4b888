package org.caravanhub.alert;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/** Whether more is set aside than usual: how fast, not how much there is. Safe for use by many threads. */
public final class QuarantineGrowth {
    private static final int MOST_LOOKS = 1500;
    /** One in twenty; a noisy broker sets a few aside all the time. */
    private static final int SHARE = 20;

    private final LongSupplier nanos;
    private final Deque<Look> looks = new ArrayDeque<>();
    private long received;
    private long quarantined;

    private record Look(long at, long received, long quarantined) {}

    /** @param nanos a clock that nobody sets: {@code System::nanoTime} */
    public QuarantineGrowth(LongSupplier nanos) {
        this.nanos = nanos;
        looks.add(new Look(nanos.getAsLong(), 0, 0));
    }

    /** So many came in, and so many of them were set aside. Quick: it is called for every commit. */
    public synchronized void committed(long more, long setAside) {
        received += more;
        quarantined += setAside;
    }

    /** Whether at least so many were set aside within so long, and one in twenty of all. It is over when there are half as many. */
    public synchronized List<Finding> growing(long most, Duration within) {
        long now = nanos.getAsLong();
        while (looks.size() > 1 && (now - looks.getFirst().at > within.toNanos() || looks.size() > MOST_LOOKS)) {
            looks.removeFirst();
        }
        Look before = looks.getFirst();
        looks.addLast(new Look(now, received, quarantined));
        long more = quarantined - before.quarantined;
        String title = "Hub: " + more + " messages were set aside within " + Ending.spoken(within);
        if (more >= most && more * SHARE >= received - before.received) {
            return List.of(Finding.wrong(
                    Finding.NONE,
                    title,
                    "Nothing is lost: they are kept with the reason, and go in when the flow is mended. See why: caravan"
                            + " message quarantine groups"));
        }
        return 2 * more < most ? List.of(Finding.well(Finding.NONE, title)) : List.of();
    }
}
