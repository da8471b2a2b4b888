package org.caravanhub.quarantine;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.caravanhub.store.Receipt;

/** Counts what becomes of messages, one after the other. Not safe for use by many threads. */
final class Tally {
    private final Map<String, Mended.Reason> reasons = new LinkedHashMap<>();
    private Receipt receipt = Receipt.EMPTY;
    private long passed;
    private long failed;
    private long unable;
    private long gone;
    private long last;

    /** Begins after this number. */
    Tally(long after) {
        this.last = after;
    }

    void passed(long id) {
        passed++;
        at(id);
    }

    void gone(long id) {
        gone++;
        at(id);
    }

    void failed(long id, String reason) {
        failed++;
        because(id, reason);
    }

    void unable(long id, String reason) {
        unable++;
        because(id, reason);
    }

    void written(Receipt written) {
        receipt = receipt.plus(written);
    }

    boolean isEmpty() {
        return passed + failed + unable + gone == 0;
    }

    Mended mended() {
        return new Mended(
                passed + failed + unable + gone,
                passed,
                failed,
                unable,
                gone,
                receipt.stored(),
                receipt.duplicate(),
                last,
                reasons.values().stream()
                        .sorted(Comparator.comparingLong(Mended.Reason::count).reversed())
                        .toList());
    }

    private void because(long id, String reason) {
        at(id);
        reasons.merge(
                ReasonKind.of(reason),
                new Mended.Reason(reason, 1, id),
                (first, next) -> new Mended.Reason(first.text(), first.count() + 1, first.example()));
    }

    private void at(long id) {
        last = Math.max(last, id);
    }
}
