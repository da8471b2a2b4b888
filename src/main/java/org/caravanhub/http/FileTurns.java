package org.caravanhub.http;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Whose slice of a file leaves next: on each event loop one after the other, a moment at a time. After it whoever asks something is heard, and
 * as long as many slices wait the loop rests for another moment, in which what was asked gets the processor. Safe for use by many threads.
 */
public final class FileTurns {
    /** 128 KB leave in some ten microseconds. */
    private static final long MOMENT_NANOS = 1_000_000;

    private static final long REST_MILLIS = 1;

    /** Fewer leave the others room without a rest. */
    private static final int MANY = 8;

    private final Map<EventExecutor, Turns> loops = new ConcurrentHashMap<>();

    /** Runs this in its turn; on this loop. */
    void await(EventExecutor loop, Runnable slice) {
        loops.computeIfAbsent(loop, Turns::new).add(slice);
    }

    /** Those of one loop, on it. */
    private static final class Turns {
        private final EventExecutor loop;
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private boolean isCalled;

        Turns(EventExecutor loop) {
            this.loop = loop;
        }

        void add(Runnable slice) {
            waiting.add(slice);
            call(0);
        }

        private void call(long restMillis) {
            if (!isCalled) {
                isCalled = true;
                // What were executed, not scheduled, would come before what others ask.
                loop.schedule(this::take, restMillis, TimeUnit.MILLISECONDS);
            }
        }

        private void take() {
            long begun = System.nanoTime();
            try {
                for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                    next.run();
                    if (System.nanoTime() - begun > MOMENT_NANOS) {
                        break;
                    }
                }
            } finally {
                isCalled = false;
                if (!waiting.isEmpty()) {
                    call(waiting.size() < MANY ? 0 : REST_MILLIS);
                }
            }
        }
    }
}
