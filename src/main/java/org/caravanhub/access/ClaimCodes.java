package org.caravanhub.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.device.ClaimCode;
import org.caravanhub.device.Registration;
import org.caravanhub.store.AccessBook;

/** Makes codes by which devices provision themselves, and takes them back. */
public final class ClaimCodes {
    /** How long a code is good if nobody says. */
    public static final Duration USUAL = Duration.ofHours(24);

    /** The longest. */
    public static final Duration LONGEST = Duration.ofDays(30);

    private static final int ID = 12;

    private final AccessBook book;
    private final Clock clock;

    /**
     * A new code.
     *
     * @param text shown once
     */
    public record Made(ClaimCode code, String text) {
        /** Without the code. */
        @Override
        public String toString() {
            return code.toString();
        }
    }

    /** Codes in this book. */
    public ClaimCodes(AccessBook book, Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    /**
     * Makes one.
     *
     * @param device the id that the device gets; empty if it may choose
     * @throws Refused if no device could be made with it
     */
    public Made make(
            String device, Registration.Topics topics, String model, String group, Duration validity, String who) {
        // An id that nobody would refuse, where the device is to choose.
        FamilyRules.check(device.isEmpty() ? "device-0000" : device, topics);
        if (validity.isNegative() || validity.isZero() || validity.compareTo(LONGEST) > 0) {
            throw new Refused(Refused.Why.WRONG, "expires", "A claim code is good for a second up to 30 days.");
        }
        if (!device.isEmpty() && book.registration(device).isPresent()) {
            throw new Refused(
                    Refused.Why.IN_THE_WAY,
                    "id",
                    "There is a device " + device + " already. Give it a new password: POST /api/v1/devices/" + device
                            + "/credentials/replace.");
        }
        String text = Letters.claimCode();
        String hash = Letters.hash(text);
        Instant now = clock.instant();
        ClaimCode code = new ClaimCode(
                hash.substring(0, ID),
                hash,
                device,
                topics,
                model,
                group,
                who,
                now,
                now.plus(validity),
                Optional.empty(),
                "");
        book.add(code, new AuditEntry(now, who, "make-claim-code", "claim-code/" + code.id(), "{}"));
        return new Made(code, text);
    }

    /** Codes, the newest first: those before this one. */
    public List<ClaimCode> page(long before, String beforeId, int limit) {
        return book.claimCodes(before, beforeId, limit);
    }

    /** Takes one back that nobody used. */
    public void revoke(String id, String who) {
        AuditEntry entry = new AuditEntry(clock.instant(), who, "revoke-claim-code", "claim-code/" + id, "{}");
        if (!book.removeClaimCode(id, entry)) {
            throw new Refused(Refused.Why.UNKNOWN, "code", id);
        }
    }
}
