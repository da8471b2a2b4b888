package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.caravanhub.Await;
import org.caravanhub.bench.PublisherLog;

/** The promise, checked from both ends: what publishers were told is kept, against what is in the file. */
final class Conservation {
    private Conservation() {}

    /** Waits until as many readings are stored as were taken over from publishers. */
    static void awaitAll(PublisherLog published, HubDatabase database, Duration atMost) {
        long expected = published.goodCount();
        Await.until(expected + " readings are stored", atMost, () -> database.stored() >= expected);
    }

    /** Nothing lost, nothing twice, nothing from nowhere, all of it counted. */
    static void holds(PublisherLog published, HubDatabase database) {
        Set<PublisherLog.Entry> good = published.good();
        List<PublisherLog.Entry> kept = database.entries();
        Set<PublisherLog.Entry> different = new HashSet<>(kept);
        assertThat(kept).as("rows, each different").hasSameSizeAs(different);
        assertThat(different).as("kept, of what was acknowledged").isEqualTo(good);

        HubDatabase.Ledger ledger = database.ledger();
        assertThat(ledger.stored()).as("stored, as counted").isEqualTo(kept.size());
        assertThat(ledger.received())
                .as("received = stored + duplicate + quarantined, in %s", ledger)
                .isEqualTo(ledger.stored() + ledger.duplicate() + ledger.quarantined());
        assertThat(database.integrity()).isEqualTo("ok");
    }

    /** The same when nothing was delivered twice: each malformed message is in quarantine, once. */
    static void holdsExactly(PublisherLog published, HubDatabase database) {
        holds(published, database);
        assertThat(database.ledger().quarantined()).as("quarantined").isEqualTo(published.malformedCount());
    }
}
