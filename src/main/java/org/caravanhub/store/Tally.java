package org.caravanhub.store;

/** Counts of a delivery, a flow or a device within one transaction. Belongs to the writer thread. */
final class Tally {
    /** Of a device: its family, empty if nothing readable came from it. */
    String family = "";

    /** Of a device: when it was last heard in this transaction, UTC milliseconds. */
    long seenAt;

    long received;
    long stored;
    long duplicate;
    long quarantined;

    /** Kept, and not decided yet. */
    long waiting;

    void add(Tally other) {
        received += other.received;
        stored += other.stored;
        duplicate += other.duplicate;
        quarantined += other.quarantined;
        waiting += other.waiting;
    }

    void clear() {
        received = 0;
        stored = 0;
        duplicate = 0;
        quarantined = 0;
        waiting = 0;
    }

    Receipt receipt() {
        return new Receipt(received, stored, duplicate, quarantined, waiting);
    }
}
