package org.caravanhub.quarantine;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.caravanhub.device.Admission;
import org.caravanhub.device.Admitted;
import org.caravanhub.device.RegistryListener;
import org.caravanhub.reading.Malformed;
import org.caravanhub.store.QuarantineQueries;
import org.caravanhub.store.QuarantineQueries.Found;
import org.caravanhub.store.QuarantineSelection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a device is registered, what it had said until then goes in, with the time at which it came. Has a thread only while there is something
 * to do; safe for use by many threads.
 */
public final class LettingIn implements RegistryListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LettingIn.class);
    private static final Duration PART = Duration.ofSeconds(10);
    private static final int MESSAGES = 100;

    private final QuarantineQueries quarantine;
    private final Replay replay;
    private final Admitted admitted;
    private final Duration late;
    private final Map<String, CompletableFuture<Came>> under = new HashMap<>();
    private volatile boolean isClosed;

    /**
     * Lets in by this replay what this quarantine holds.
     *
     * @param late how much later than it was taken something may get into quarantine, since messages wait to share a commit
     */
    public LettingIn(QuarantineQueries quarantine, Replay replay, Admitted admitted, Duration late) {
        this.late = late;
        this.quarantine = quarantine;
        this.replay = replay;
        this.admitted = admitted;
    }

    /**
     * What came of the messages that were held.
     *
     * @param passed how many went in
     * @param left how many stay in quarantine, because they fail for another reason
     */
    public record Came(long passed, long left) {
        static final Came NOTHING = new Came(0, 0);
    }

    @Override
    public void changed(String device) {
        if (admitted.unknown() == Admitted.Unknown.HOLD && admitted.of(device) == Admission.Verdict.TAKE) {
            of(device);
        }
    }

    /** Ends when all that is held of it has been let in. */
    public CompletableFuture<Came> of(String device) {
        return of(device, true);
    }

    private synchronized CompletableFuture<Came> of(String device, boolean isFirst) {
        if (admitted.unknown() != Admitted.Unknown.HOLD || isClosed) {
            return CompletableFuture.completedFuture(Came.NOTHING);
        }
        CompletableFuture<Came> running = under.get(device);
        if (running != null) {
            return running;
        }
        CompletableFuture<Came> came = new CompletableFuture<>();
        under.put(device, came);
        Thread thread = new Thread(() -> letIn(device, came, isFirst), "letting-in");
        thread.setDaemon(true);
        thread.start();
        return came;
    }

    /** What is held of registered devices, because the hub was stopped before it could be let in. */
    public void goOn() {
        oneByOne(device -> true);
    }

    @Override
    public void changed(Collection<String> devices) {
        oneByOne(devices::contains);
    }

    /** Of many devices few have something that is held. */
    private void oneByOne(Predicate<String> whose) {
        if (admitted.unknown() != Admitted.Unknown.HOLD) {
            return;
        }
        Thread thread = new Thread(
                () -> {
                    Set<String> waiting = new TreeSet<>();
                    quarantine.forEach(held(Optional.empty()), about -> waiting.add(about.device()));
                    waiting.stream()
                            .filter(whose)
                            .filter(device -> admitted.of(device) == Admission.Verdict.TAKE)
                            .forEach(device -> of(device).join());
                },
                "letting-in-many");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        isClosed = true;
    }

    private static QuarantineSelection held(Optional<String> device) {
        return new QuarantineSelection(
                List.of(),
                Optional.of(Malformed.Cause.UNKNOWN_DEVICE.word()),
                Optional.empty(),
                Optional.empty(),
                device);
    }

    private void letIn(String device, CompletableFuture<Came> answer, boolean isFirst) {
        Came sum = Came.NOTHING;
        try {
            QuarantineSelection held = held(Optional.of(device));
            QuarantineQueries.Count count = quarantine.count(held);
            long after = 0;
            while (!isClosed && after < count.upTo()) {
                List<Found> found = quarantine.selected(held, after, count.upTo(), MESSAGES);
                if (found.isEmpty()) {
                    break;
                }
                Mended mended = replay.of(found, after, Optional.empty(), PART);
                sum = new Came(sum.passed() + mended.passed(), sum.left() + mended.failed() + mended.unable());
                after = mended.last();
            }
            if (count.count() > 0) {
                LOG.info(
                        "device={} let-in={} left={} \"what it said before it was registered\"",
                        device,
                        sum.passed(),
                        sum.left());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn(
                    "device={} reason=\"{}\" \"what it said before stays in quarantine: caravan message quarantine replay"
                            + " --cause unknown_device\"",
                    device,
                    e.toString());
        }
        synchronized (this) {
            under.remove(device);
        }
        answer.complete(sum);
        if (isFirst && !isClosed) {
            // What was held a moment before it was registered may not be in quarantine yet.
            CompletableFuture.delayedExecutor(late.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> of(device, false));
        }
    }
}
