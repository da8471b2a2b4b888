package org.caravanhub.flow.watch;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What one thread is doing: the innermost step that it is in, through which the others are found. Written by that thread only. */
final class Hand {
    private final WeakReference<Thread> thread = new WeakReference<>(Thread.currentThread());
    private final AtomicReference<@Nullable Passage> innermost = new AtomicReference<>();

    /** Begins a passage; it goes on until {@link #leave}. */
    void enter(Passage passage) {
        passage.around = innermost.getPlain();
        // A reader may see it a moment later; that is worth not to wait for the memory.
        innermost.setRelease(passage);
    }

    /** The innermost passage is over, or has been handed to another thread. */
    void leave(Passage passage) {
        innermost.setRelease(passage.around);
    }

    @Nullable
    Passage innermost() {
        return innermost.getAcquire();
    }

    @Nullable
    Thread thread() {
        return thread.get();
    }
}
