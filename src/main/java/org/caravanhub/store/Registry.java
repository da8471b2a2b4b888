package org.caravanhub.store;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.device.Registration;
import org.caravanhub.device.RegistrationDraft;
import org.caravanhub.device.RegistryListener;

/**
 * Changes what the owner knows of devices. Each change is one transaction, with the entry in the audit that says who made it; then those who
 * listen are told. Safe for use by many threads.
 */
public final class Registry {
    private static final Sql HEARD = Sql.load("device/select-heard");
    private static final Sql NEWEST_SOURCE = Sql.load("registration/select-newest-source");
    private static final Sql DELETE = Sql.load("registration/delete-registration");
    private static final Sql FORGET = Sql.load("registration/note-forgetting");
    /** What of the other parts of the hub goes with a registration. */
    private static final List<Sql> LET_GO = List.of(
            Sql.load("registration/let-credential-go"),
            Sql.load("registration/let-desired-configuration-go"),
            Sql.load("registration/let-presence-go"),
            Sql.load("registration/let-presence-change-go"),
            Sql.load("registration/let-alert-mute-go"),
            Sql.load("registration/let-device-firmware-go"),
            Sql.load("registration/expire-commands"),
            Sql.load("registration/resolve-alerts"));

    private final Changes changes;
    private final RegistryListener listeners;
    private final Clock clock;

    /** Changes by these; whoever listens is told after each. */
    public Registry(Changes changes, RegistryListener listeners, Clock clock) {
        this.changes = changes;
        this.listeners = listeners;
        this.clock = clock;
    }

    /** Who asks for a change, by which operation of the API. */
    public record By(String who, String action) {}

    /** What was to be changed is not registered. */
    public static final class NotRegistered extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final boolean isHeard;

        NotRegistered(boolean isHeard) {
            super("not registered", null, false, false);
            this.isHeard = isHeard;
        }

        /** Whether there is such a device at all. */
        public boolean isHeard() {
            return isHeard;
        }
    }

    /** Another version is there than the one that was to be changed. */
    public static final class OtherVersion extends RuntimeException {
        private static final long serialVersionUID = 1;

        OtherVersion(String current) {
            super(current, null, false, false);
        }

        /** The version that is there. */
        public String current() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Changes a registration.
     *
     * @param expected the version that is to be changed; empty for whichever there is
     * @return it as it is now
     * @throws NotRegistered if there is none
     * @throws OtherVersion if it is another one
     */
    public Registration edit(String device, Optional<String> expected, UnaryOperator<Registration> edit, By by) {
        Registration now = changes.make(change -> {
            Registration before = find(change, device);
            if (expected.isPresent() && !expected.get().equals(before.version())) {
                throw new OtherVersion(before.version());
            }
            Registration after = edit.apply(before);
            if (!after.equals(before)) {
                RegistrationRows.update(change, after);
                audit(change, by, device, RegistryNotes.difference(before, after));
            }
            return after;
        });
        listeners.changed(device);
        return now;
    }

    /**
     * Makes a device known that was only heard; nothing changes if it is known already.
     *
     * @param otherwise which topics are its own, if nothing of it was kept yet
     * @throws NotRegistered if it was never heard
     */
    public Registration adopt(String device, Optional<Registration.Topics> otherwise, By by) {
        Registration now = changes.make(change -> {
            Optional<Registration> there = RegistrationRows.find(change, device);
            if (there.isPresent()) {
                return there.get();
            }
            Values values = new Values().with("device", device);
            List<String> families = change.all(HEARD, values, row -> row.getString("family"));
            if (families.isEmpty()) {
                throw new NotRegistered(false);
            }
            Registration.Topics topics = change
                    .all(
                            NEWEST_SOURCE,
                            values,
                            row -> new Registration.Topics(
                                    row.getString("family"), row.getString("site"), row.getString("system")))
                    .stream()
                    .findFirst()
                    .or(() -> otherwise)
                    .orElseGet(() -> new Registration.Topics(families.get(0), "", ""));
            Registration made = RegistrationDraft.blank(device, topics, clock.instant());
            RegistrationRows.insert(change, made);
            audit(change, by, device, RegistryNotes.made(made));
            return made;
        });
        listeners.changed(device);
        return now;
    }

    /**
     * A device is unknown again: its registration goes, with its credentials and whatever was meant for it.
     *
     * @param withData whether all that it ever said goes too; it is noted here, and done by {@link Forgetting}
     * @throws NotRegistered if it is not registered, unless its data is to go and there is some
     */
    public void remove(String device, boolean withData, By by) {
        changes.make(change -> {
            Instant now = clock.instant();
            Values values = new Values().with("device", device).with("at", now.toEpochMilli());
            boolean wasRegistered = change.run(DELETE, values) == 1;
            boolean isHeard =
                    !change.all(HEARD, values, row -> row.getString("family")).isEmpty();
            if (!wasRegistered && !(withData && isHeard)) {
                throw new NotRegistered(isHeard);
            }
            for (Sql statement : LET_GO) {
                change.run(statement, values);
            }
            if (withData) {
                change.run(FORGET, new Values().with("device", device).with("asked_at", now.toEpochMilli()));
            }
            audit(change, by, device, "{\"data\":\"" + (withData ? "delete" : "keep") + "\"}");
            return true;
        });
        listeners.removed(device);
    }

    /**
     * What came of a file.
     *
     * @param made how many devices became known
     * @param changed how many were known and are different now
     * @param same how many were as the file says
     */
    public record Imported(int made, int changed, int same) {}

    /** Looks at what there is, and says what is to be; or that it may not be. */
    @FunctionalInterface
    public interface Entry {
        /** @param there what is known of the device; empty if it is new */
        Registration on(Optional<Registration> there);
    }

    /** A device of a file, and what becomes of it. */
    public record Line(String device, Entry entry) {}

    /**
     * Writes all of these in one transaction, or none: whatever an entry throws undoes all.
     *
     * @param check is asked when all were looked at; what it throws undoes all, too
     * @param isDry whether nothing is written, only looked at
     */
    public Imported all(List<Line> lines, Runnable check, boolean isDry, By by) {
        List<String> touched = new ArrayList<>();
        Imported imported = changes.make(change -> {
            touched.clear();
            int made = 0;
            int changed = 0;
            for (Line line : lines) {
                Optional<Registration> there = RegistrationRows.find(change, line.device());
                Registration after = line.entry().on(there);
                if (there.isPresent() && after.equals(there.get())) {
                    continue;
                }
                made += there.isEmpty() ? 1 : 0;
                changed += there.isEmpty() ? 0 : 1;
                if (!isDry) {
                    write(change, there, after, by);
                    touched.add(line.device());
                }
            }
            check.run();
            return new Imported(made, changed, lines.size() - made - changed);
        });
        if (!touched.isEmpty()) {
            listeners.changed(touched);
        }
        return imported;
    }

    private void write(Change change, Optional<Registration> there, Registration after, By by) throws SQLException {
        if (there.isEmpty()) {
            RegistrationRows.insert(change, after);
            audit(change, by, after.device(), RegistryNotes.made(after));
        } else {
            RegistrationRows.update(change, after);
            audit(change, by, after.device(), RegistryNotes.difference(there.get(), after));
        }
    }

    private static Registration find(Change change, String device) throws SQLException {
        Optional<Registration> there = RegistrationRows.find(change, device);
        if (there.isEmpty()) {
            throw new NotRegistered(
                    !change.all(HEARD, new Values().with("device", device), row -> row.getString("family"))
                            .isEmpty());
        }
        return there.get();
    }

    private void audit(Change change, By by, String device, String details) throws SQLException {
        change.audit(new AuditEntry(clock.instant(), by.who(), by.action(), "device/" + device, details));
    }
}
