package org.caravanhub.store;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;

/** For tests elsewhere: a device that is in the tables. */
public final class Heard {
    private Heard() {}

    /** It sent one reading then. */
    public static void once(GroupCommit writer, String device, Instant at) {
        CompletableFuture<Receipt> answer = new CompletableFuture<>();
        Reading reading = new Reading(Source.of(device, "caravan"), at, at, Metrics.of("temperature_c", 1), 0);
        try {
            writer.submit(new Delivery("test", "test", List.of(reading), 0, false, new Delivery.Answer() {
                @Override
                public void stored(Receipt receipt) {
                    answer.complete(receipt);
                }

                @Override
                public void refused(StoreBusy reason) {
                    answer.completeExceptionally(reason);
                }
            }));
            answer.get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
