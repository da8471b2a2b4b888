package org.caravanhub.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Files that all leave at once let others be heard. */
final class FileTurnsTest {
    @Test
    void whoAsksIsHeardBetweenTwoSlices() throws Exception {
        DefaultEventLoop loop = new DefaultEventLoop();
        try {
            FileTurns turns = new FileTurns();
            List<String> order = new CopyOnWriteArrayList<>();
            CountDownLatch sent = new CountDownLatch(20);
            loop.execute(() -> {
                for (int i = 0; i < 20; i++) {
                    turns.await(loop, () -> {
                        order.add("slice");
                        if (order.size() == 1) {
                            loop.execute(() -> order.add("question"));
                        }
                        takeTwoMilliseconds();
                        sent.countDown();
                    });
                }
            });

            assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(order.subList(0, 3)).containsExactly("slice", "question", "slice");
        } finally {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private static void takeTwoMilliseconds() {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < 2_000_000) {
            Thread.onSpinWait();
        }
    }
}
