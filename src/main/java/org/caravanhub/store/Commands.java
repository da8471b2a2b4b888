package org.caravanhub.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.command.Acknowledgement;
import org.caravanhub.command.Addressee;
import org.caravanhub.command.Command;
import org.caravanhub.command.Command.Progress;
import org.caravanhub.command.CommandBook;
import org.caravanhub.command.Course;
import org.caravanhub.device.Registration;

/** What devices were asked to do. Safe for use by many threads. */
public final class Commands implements CommandBook {
    /** Of one device at a time, so that nobody fills the table with what nobody fetches. */
    public static final int MOST_OPEN = 20;

    private static final int FINISHED_KEPT = 100;
    private static final Duration LONGEST_KEPT = Duration.ofDays(90);

    private static final Sql ONE = Sql.load("command/select-command");
    private static final Sql BY_REFERENCE = Sql.load("command/select-by-reference");
    private static final Sql BY_KEY = Sql.load("command/select-by-key");
    private static final Sql OPEN = Sql.load("command/select-open");
    private static final Sql OPEN_DEVICES = Sql.load("command/select-open-devices");
    private static final Sql COUNT_OPEN = Sql.load("command/count-open");
    private static final Sql PAGE = Sql.load("command/page-commands");
    private static final Sql DELETE_FINISHED = Sql.load("command/delete-finished");
    private static final Sql DELETE_OLD = Sql.load("command/delete-old");
    private static final Sql NEXT_SEQUENCE = Sql.load("command/next-sequence");
    private static final Sql SEQUENCE = Sql.load("command/select-sequence");
    private static final Sql ADDRESSEE = Sql.load("command/select-addressee");

    private final Changes changes;
    private final Queries queries;

    /** What came of asking for a command. */
    public sealed interface Asked {
        /** It is kept. */
        record Made(Command command) implements Asked {}

        /** The same request was there before, and made this one. */
        record Before(Command command) implements Asked {}

        /** Its device has {@link #MOST_OPEN} open already. */
        record TooMany() implements Asked {}
    }

    /** Commands in the tables of this writer. */
    public Commands(Changes changes, Queries queries) {
        this.changes = changes;
        this.queries = queries;
    }

    /** Keeps a new command, unless its request was there before. */
    public Asked create(Command command, AuditEntry audit) {
        return changes.make(change -> {
            Values whose = new Values()
                    .with("device", command.device())
                    .with("idempotency_key", command.order().idempotencyKey())
                    .with("keep", FINISHED_KEPT)
                    .with("before", audit.at().minus(LONGEST_KEPT).toEpochMilli());
            List<Command> before = change.all(BY_KEY, whose, CommandRows::read);
            if (!before.isEmpty()) {
                return new Asked.Before(before.get(0));
            }
            long open =
                    change.all(COUNT_OPEN, whose, row -> row.getLong("open")).get(0);
            if (open >= MOST_OPEN) {
                return new Asked.TooMany();
            }
            change.run(DELETE_FINISHED, whose);
            change.run(DELETE_OLD, whose);
            CommandRows.insert(change, command);
            change.audit(audit);
            return new Asked.Made(command);
        });
    }

    /** Changes a command and notes who did. */
    public Optional<Command> change(String id, Function<Command, Optional<Progress>> decision, AuditEntry audit) {
        return changes.make(change -> {
            Optional<Command> changed = change(change, ONE, new Values().with("id", id), decision);
            if (changed.isPresent()) {
                change.audit(audit);
            }
            return changed;
        });
    }

    /**
     * Notes what a device says of a command.
     *
     * @return the command, as it is now, and whether that changed it; empty if the device was never sent such a one
     */
    public Optional<Noted> acknowledge(Acknowledgement said, Instant now) {
        Values which = new Values().with("device", said.device()).with("reference", said.reference());
        return changes.make(change -> {
            List<Command> meant = change.all(BY_REFERENCE, which, CommandRows::read);
            if (meant.isEmpty() || !fits(meant.get(0), said)) {
                return Optional.empty();
            }
            Optional<Command> changed =
                    change(change, BY_REFERENCE, which, command -> Course.acknowledged(command, said, now));
            return Optional.of(new Noted(changed.orElse(meant.get(0)), changed.isPresent()));
        });
    }

    /** A command that was acknowledged. */
    public record Noted(Command command, boolean isChanged) {}

    /** Nobody can acknowledge what was not sent, or say another number than the one that was sent. */
    private static boolean fits(Command command, Acknowledgement said) {
        boolean isNumber = !command.order().way().isNumbered()
                || (said.sequence().isPresent()
                        && said.sequence().getAsLong() == command.progress().sequence());
        return !said.reference().isEmpty() && command.progress().attempts() > 0 && isNumber;
    }

    @Override
    public Optional<Command> change(String id, Function<Command, Optional<Progress>> decision) {
        return changes.make(change -> change(change, ONE, new Values().with("id", id), decision));
    }

    @Override
    public Optional<Command> attempt(String id, Instant at, Optional<Instant> now) {
        Values which = new Values().with("id", id);
        return changes.make(change -> {
            List<Command> found = change.all(ONE, which, CommandRows::read);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Command command = found.get(0);
            boolean needsNumber =
                    command.order().way().isNumbered() && command.progress().sequence() == 0;
            Optional<Progress> next = Course.attempted(command, at, needsNumber ? number(change, command, now) : 0);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            // A repeat of one that may have gone out is in the table already, and costs no wear.
            return next.get().equals(command.progress()) || CommandRows.update(change, command, next.get())
                    ? Optional.of(new Command(command.order(), next.get()))
                    : Optional.empty();
        });
    }

    private static long number(Change change, Command command, Optional<Instant> now) throws SQLException {
        Values whose = new Values()
                .with("receiver", Addressee.receiver(command.order().topic()))
                .with("least", Math.max(1, now.map(Instant::getEpochSecond).orElse(1L)));
        change.run(NEXT_SEQUENCE, whose);
        return change.all(SEQUENCE, whose, row -> row.getLong("last")).get(0);
    }

    private static Optional<Command> change(
            Change change, Sql select, Values which, Function<Command, Optional<Progress>> decision)
            throws SQLException {
        List<Command> found = change.all(select, which, CommandRows::read);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Optional<Progress> next = decision.apply(found.get(0));
        return next.isPresent() && CommandRows.update(change, found.get(0), next.get())
                ? Optional.of(new Command(found.get(0).order(), next.get()))
                : Optional.empty();
    }

    @Override
    public Set<String> devices() {
        return new HashSet<>(queries.all(OPEN_DEVICES, new Values(), row -> row.getString("device")));
    }

    @Override
    public List<Command> open(String device) {
        return queries.all(OPEN, new Values().with("device", device), CommandRows::read);
    }

    /** One of a device's commands. */
    public Optional<Command> find(String device, String id) {
        return queries.all(ONE, new Values().with("id", id), CommandRows::read).stream()
                .filter(command -> command.device().equals(device))
                .findFirst();
    }

    /**
     * A page of a device's commands, newest first.
     *
     * @param beforeMs when the last one of the page before was asked for, UTC milliseconds; larger than all for the first page
     * @param beforeId its id
     */
    public List<Command> page(String device, long beforeMs, String beforeId, int limit) {
        Values values = new Values()
                .with("device", device)
                .with("before", beforeMs)
                .with("before_id", beforeId)
                .with("limit", limit);
        return queries.all(PAGE, values, CommandRows::read);
    }

    /** Where what is said to a device goes; empty if nobody knows of it. */
    public Optional<Addressee> addressee(String device) {
        Optional<Addressee> heard = queries
                .all(ADDRESSEE, new Values().with("device", device), row -> {
                    String mac = row.getString("mac");
                    boolean isMac = mac.replace(":", "").equals(device);
                    return new Addressee(
                            device,
                            isMac ? mac : device,
                            new Registration.Topics(
                                    row.getString("family"), row.getString("site"), row.getString("system")),
                            row.getString("location"));
                })
                .stream()
                .findFirst();
        Optional<Registration> known = RegistrationRows.find(queries, device);
        if (known.isEmpty() || known.get().topics().family().isEmpty()) {
            return heard.or(() -> known.map(one -> new Addressee(device, device, one.topics(), one.location())));
        }
        String location = heard.map(Addressee::location)
                .filter(place -> !place.isEmpty())
                .orElse(known.get().location());
        return Optional.of(new Addressee(
                device,
                heard.map(Addressee::segment).orElse(device),
                known.get().topics(),
                location));
    }

    /** Whether its owner wants nothing to be taken from a device. */
    public boolean isDisabled(String device) {
        return RegistrationRows.find(queries, device)
                .map(Registration::isDisabled)
                .orElse(false);
    }
}
