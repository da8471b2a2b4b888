package org.caravanhub.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.device.ClaimCode;
import org.caravanhub.device.Credential;
import org.caravanhub.device.Grant;
import org.caravanhub.device.Registration;

/**
 * Who is let in, in the database. Each change is one transaction with the line of the audit that tells of it. Every method may throw {@link
 * DatabaseAway}; then nothing was changed. Safe for use by many threads.
 */
public final class AccessBook {
    private static final Sql TWIN = Sql.load("access/select-twin");
    private static final Sql NEWEST_CHANGE = Sql.load("access/newest-change");

    /** What became of a claim code is told for so long after its end. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final Queries queries;
    private final Changes changes;

    /**
     * A device that is to be made.
     *
     * @param registration what is known of it
     * @param credential what it signs in with
     * @param audit who did it
     */
    public record Newcomer(Registration registration, Credential credential, AuditEntry audit) {}

    /** There is a device of this id already, or one that differs from it in the case of letters only. */
    public static final class InTheWay extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String device;

        InTheWay(String device) {
            super("there is " + device, null, false, false);
            this.device = device;
        }

        /** The id of the device that is there. */
        public String device() {
            return device;
        }
    }

    /** What came of a claim. */
    public sealed interface Claim {
        /** It made this device. */
        record Made(ClaimCode code, Newcomer newcomer) implements Claim {}

        /** It could not be used; empty if there is no such code. */
        record Refused(Optional<ClaimCode> code) implements Claim {}
    }

    /** Asks by these queries, and changes by these changes. */
    public AccessBook(Queries queries, Changes changes) {
        this.queries = queries;
        this.changes = changes;
    }

    /** Everybody who is let in. */
    public List<Grant> grants(Instant now) {
        return CredentialRows.grants(queries, now);
    }

    /** Users who are not let in because their devices are disabled. */
    public Set<String> resting(Instant now) {
        return CredentialRows.resting(queries, now);
    }

    /** What a device signs in with, the newest first. */
    public List<Credential> credentials(String device, Instant now) {
        return CredentialRows.of(queries, device, now);
    }

    /** What is known of a device. */
    public Optional<Registration> registration(String device) {
        return RegistrationRows.find(queries, device);
    }

    /** The number of the newest change that somebody made to anything; it tells whether to look again. */
    public long newestChange() {
        return queries.all(NEWEST_CHANGE, new Values(), row -> row.getLong("newest"))
                .get(0);
    }

    /**
     * Makes a device.
     *
     * @throws InTheWay if there is one; nothing was changed
     */
    public void provision(Newcomer newcomer) {
        changes.make(change -> {
            insert(change, newcomer);
            return newcomer;
        });
    }

    /**
     * Makes a device by a code, which is worth nothing from then on.
     *
     * @param plan what is to be made; whatever it throws undoes all of it, and the code can be used again
     * @throws InTheWay if there is such a device; the code can be used again
     */
    public Claim claim(String hash, Instant now, Function<ClaimCode, Newcomer> plan) {
        return changes.make(change -> {
            boolean isUsed = ClaimCodeRows.use(change, hash, now);
            Optional<ClaimCode> code = ClaimCodeRows.find(change, hash);
            if (!isUsed || code.isEmpty()) {
                return new Claim.Refused(code);
            }
            Newcomer newcomer = plan.apply(code.get());
            insert(change, newcomer);
            ClaimCodeRows.note(change, hash, newcomer.registration().device());
            return new Claim.Made(code.get(), newcomer);
        });
    }

    /**
     * Gives a device another credential; those that it has end then.
     *
     * @param next makes the new one of the newest that is there
     * @param end when the others end; they end at once if that is not after now
     * @return empty if the device has none that it could follow
     */
    public Optional<Credential> rotate(
            String device, Instant now, Instant end, Function<Credential, Credential> next, AuditEntry audit) {
        return changes.make(change -> {
            List<Credential> all = CredentialRows.of(change, device, now);
            if (all.isEmpty() || RegistrationRows.find(change, device).isEmpty()) {
                return Optional.empty();
            }
            Credential made = next.apply(all.get(0));
            if (end.isAfter(now)) {
                CredentialRows.delete(change, made.user());
                CredentialRows.expire(change, device, end);
            } else {
                CredentialRows.deleteAll(change, device);
            }
            CredentialRows.insert(change, made);
            change.audit(audit);
            return Optional.of(made);
        });
    }

    /**
     * Takes every credential of a device away.
     *
     * @param instead what it gets instead
     * @return how many there were; empty if the device is not known
     */
    public Optional<Integer> revoke(String device, Optional<Credential> instead, AuditEntry audit) {
        return changes.make(change -> {
            if (RegistrationRows.find(change, device).isEmpty()) {
                return Optional.empty();
            }
            int gone = CredentialRows.deleteAll(change, device);
            if (instead.isPresent()) {
                CredentialRows.insert(change, instead.get());
            }
            change.audit(audit);
            return Optional.of(gone);
        });
    }

    /** Forgets credentials that have ended; how many there were. */
    public int forgetExpired(Instant now) {
        return changes.make(change -> CredentialRows.deleteExpired(change, now));
    }

    /** Claim codes, the newest first: those before that one. */
    public List<ClaimCode> claimCodes(long before, String beforeId, int limit) {
        return ClaimCodeRows.page(queries, before, beforeId, limit);
    }

    /** Makes a claim code. */
    public void add(ClaimCode code, AuditEntry audit) {
        changes.make(change -> {
            ClaimCodeRows.deleteOld(change, code.madeAt().minus(REMEMBERED));
            ClaimCodeRows.insert(change, code);
            change.audit(audit);
            return code;
        });
    }

    /** Takes a claim code back; false if there is none of this id that nobody used. */
    public boolean removeClaimCode(String id, AuditEntry audit) {
        return changes.make(change -> {
            boolean isGone = ClaimCodeRows.delete(change, id);
            if (isGone) {
                change.audit(audit);
            }
            return isGone;
        });
    }

    private static void insert(Change change, Newcomer newcomer) throws SQLException {
        String device = newcomer.registration().device();
        Optional<String> twin =
                change.all(TWIN, new Values().with("device", device), row -> row.getString("device")).stream()
                        .findFirst();
        if (twin.isPresent()) {
            throw new InTheWay(twin.get());
        }
        if (!RegistrationRows.insert(change, newcomer.registration())) {
            throw new InTheWay(device); // another hub was faster
        }
        // Of a device of this name that was removed.
        CredentialRows.deleteAll(change, device);
        CredentialRows.insert(change, newcomer.credential());
        change.audit(newcomer.audit());
    }
}
