package org.caravanhub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.caravanhub.alert.BackupAge;
import org.caravanhub.api.BackupApi;
import org.caravanhub.api.BackupFlows;
import org.caravanhub.api.BackupHealth;
import org.caravanhub.api.BackupOperations;
import org.caravanhub.api.RestoreHealth;
import org.caravanhub.api.SecondPlaceHealth;
import org.caravanhub.audit.Trail;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.backup.BackupRound;
import org.caravanhub.backup.Backups;
import org.caravanhub.backup.Checked;
import org.caravanhub.backup.DatabaseCopies;
import org.caravanhub.backup.Drill;
import org.caravanhub.backup.FolderPlace;
import org.caravanhub.backup.OpenSsh;
import org.caravanhub.backup.Restoration;
import org.caravanhub.backup.Restore;
import org.caravanhub.backup.Retention;
import org.caravanhub.backup.SecondCopies;
import org.caravanhub.backup.SecondPlace;
import org.caravanhub.backup.SftpAddress;
import org.caravanhub.backup.SftpPlace;
import org.caravanhub.backup.Shelf;
import org.caravanhub.backup.Sources;
import org.caravanhub.backup.Verification;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.http.AdminToken;
import org.caravanhub.http.EventStream;
import org.caravanhub.http.HttpEdge;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.caravanhub.store.DrilledDump;
import org.caravanhub.store.PostgresAddress;
import org.caravanhub.store.PostgresCopies;
import org.caravanhub.store.SqliteCopies;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What makes backups and brings them back, composed of the settings alone: commands use it with no hub at work as the hub does. SQLite lets
 * both copy the database at once.
 */
public final class BackupWiring implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackupWiring.class);

    private static final long ANSWER_MILLIS = 300;

    private final Settings settings;
    private final String program;
    private final Clock clock;
    private Optional<BackupOperations> operations = Optional.empty();

    /** @param program the version of the program */
    public BackupWiring(Settings settings, String program, Clock clock) {
        this.settings = settings;
        this.program = program;
        this.clock = clock;
    }

    /** The folder of backups. */
    public Shelf shelf() {
        return new Shelf(settings.optional(Setting.BACKUP_FOLDER).map(Path::of).orElseGet(() -> settings.data()
                .resolve("backups")));
    }

    /** The second place, if one is configured; whether it is there is seen when something is brought there. */
    public Optional<SecondPlace> second() {
        return settings.optional(Setting.BACKUP_SECOND).map(text -> SftpAddress.of(text)
                .<SecondPlace>map(address ->
                        new SftpPlace(new OpenSsh(address, sshFolder()), room().resolveSibling("backup-copy")))
                .orElseGet(() -> new FolderPlace(Path.of(text), List.of(settings.data(), Path.of("/")))));
    }

    /** The way to the second place, if it is on another machine. */
    public Optional<OpenSsh> ssh() {
        return settings.optional(Setting.BACKUP_SECOND)
                .flatMap(SftpAddress::of)
                .map(address -> new OpenSsh(address, sshFolder()));
    }

    /** Where the keys for it are. */
    private Path sshFolder() {
        return settings.data().resolve("ssh").toAbsolutePath();
    }

    /** What brings backups there. */
    public Optional<SecondCopies> copies() {
        return second().map(place -> new SecondCopies(
                place,
                retention(),
                settings.data().resolve("health").resolve("second-place.json"),
                settings.duration(Setting.BACKUP_SECOND_PATIENCE),
                clock));
    }

    /** Which are kept. */
    public Retention retention() {
        return new Retention(
                Math.toIntExact(settings.number(Setting.BACKUP_DAILY)),
                Math.toIntExact(settings.number(Setting.BACKUP_WEEKLY)),
                Math.toIntExact(settings.number(Setting.BACKUP_MONTHLY)),
                settings.number(Setting.BACKUP_BUDGET));
    }

    /** What makes them. */
    public Backups backups() {
        return new Backups(
                new Backups.Settings(shelf(), sources(), settings.optional(Setting.BACKUP_RECIPIENT), host(), program),
                databases(),
                clock);
    }

    /** Making one with all that belongs to it. */
    public BackupRound round() {
        return new BackupRound(backups(), copies(), retention(), clock);
    }

    /** What tries whether they can be brought back. */
    public Drill drill() {
        return new Drill(
                settings.data().resolve("cache").resolve("drill"),
                settings.data().resolve("health").resolve("drill.json"),
                this::databasesOfDrill,
                clock);
    }

    /** What looks whether they are whole. */
    public Verification verification() {
        return new Verification(databases());
    }

    /** The way back. */
    public Restore restore() {
        return new Restore(sources(), databases());
    }

    /** Bringing one back into a hub that runs. */
    public Restoration restoration() {
        boolean isSealed = settings.optional(Setting.BACKUP_RECIPIENT).isPresent();
        return new Restoration(
                restore(),
                backups(),
                isSealed ? Optional.of(unsealed()) : Optional.empty(),
                settings.data().resolve("health").resolve("restore.json"),
                clock);
    }

    /** For a restore that has to be undone: nobody is there who would type the recovery key. */
    private Backups unsealed() {
        Shelf shelf = new Shelf(settings.data().resolve("cache").resolve("undo"));
        return new Backups(
                new Backups.Settings(shelf, sources(), Optional.empty(), host(), program), databases(), clock);
    }

    /** When each backup was looked through. */
    public Checked checked() {
        return new Checked(settings.data().resolve("health").resolve("checked.json"));
    }

    /**
     * Notes what was found in a backup, if it is one of the shelf.
     *
     * @param trouble what is wrong with it; empty if nothing is
     */
    public void found(Path file, String trouble) throws IOException {
        Optional<BackupFile> backup =
                shelf().all().stream().filter(each -> each.path().equals(file)).findFirst();
        if (backup.isPresent() && trouble.isEmpty()) {
            checked().well(backup.get(), clock.instant());
        } else if (backup.isPresent()) {
            checked().broken(backup.get(), trouble, clock.instant());
        }
    }

    /** The second place, if it is a folder of this machine that is there now. */
    private Optional<Shelf> secondFolder() {
        return settings.optional(Setting.BACKUP_SECOND)
                .map(Path::of)
                .filter(Files::isDirectory)
                .map(Shelf::new);
    }

    /**
     * What the flows in {@code routes/backup} and the API call, and those that judge the newest.
     *
     * @param stop stops the hub, so that a backup can be brought back
     */
    void bindTo(CamelContext camel, HttpEdge http, EventStream events, Trail audit, Runnable stop) {
        camel.getRegistry()
                .bind(
                        "backupAge",
                        new BackupAge(() -> shelf().newest(clock.instant()).map(BackupFile::madeAt), clock));
        camel.getRegistry().bind("backupFlows", new BackupFlows(this::round, drill(), shelf()));
        Restoration restoration = restoration();
        operations = Optional.of(BackupOperations.bindTo(
                camel,
                http,
                new BackupOperations.Places(
                        shelf(), this::secondFolder, restore(), (job, who, backup, prepared, what) -> {
                            restoration.order(job, who, backup, prepared, what);
                            // Who has ordered it is answered first.
                            CompletableFuture.delayedExecutor(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
                                    .execute(stop);
                        }),
                new BackupApi.Surroundings(
                        this::round, verification(), checked(), drill(), room(), restoration::last, () -> next(camel)),
                job -> events.tell("job", "", job),
                audit,
                clock));
    }

    /** When the clock makes the next one; nothing if its flow is paused or another's. */
    private static Optional<Instant> next(CamelContext camel) {
        try {
            return Optional.ofNullable(camel.getComponent("quartz", QuartzComponent.class)
                            .getScheduler()
                            .getTrigger(TriggerKey.triggerKey("save-hub", "backup")))
                    .map(Trigger::getNextFireTime)
                    .map(Date::toInstant);
        } catch (SchedulerException e) {
            return Optional.empty();
        }
    }

    /** Whether what is here would be there again. */
    HealthCheck health() {
        BackupHealth health = new BackupHealth(shelf(), drill(), settings.data().resolve(AdminToken.FILE), clock);
        return new RestoreHealth(health, restoration()::last, clock);
    }

    /** Whether there is a copy elsewhere; nothing if there should be none. */
    Optional<SecondPlaceHealth> copyHealth() {
        return copies().map(copies -> new SecondPlaceHealth(copies, clock));
    }

    /** A restore that was begun, and that a power cut or nobody ended, is finished before anything else is looked at. */
    void finishRestore() {
        try {
            Restoration restoration = restoration();
            restoration.finishBegun().ifPresent(result -> {
                LOG.info("restore=finished made=\"{}\"", result.manifest().madeAt());
                result.left().forEach((target, from) -> LOG.warn("restore=left file=\"{}\" is=\"{}\"", target, from));
            });
            restoration.starts();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "A restore that was begun cannot be finished: " + e.getMessage() + ". Make room or give "
                            + settings.data() + " to the user that runs Caravan, and start it again",
                    e);
        }
    }

    /** The hub takes messages: a restore that it was stopped for has come to its end. */
    void started(Trail audit) {
        try {
            restoration().started().ifPresent(ended -> {
                LOG.info("restore={} backup={}", ended.state().word(), ended.backup());
                // What was noted when it was ordered is in the database that was there before.
                audit.note(
                        ended.who(),
                        "restore-backup",
                        "backup/" + ended.backup(),
                        "{\"ended\":\"" + ended.state().word() + "\"}");
            });
        } catch (IOException e) {
            LOG.warn("restore=not-noted reason=\"{}\"", e.getMessage());
        }
    }

    /** Whether the hub stops only to start again. */
    boolean isRestoreOrdered() {
        return restoration().isOrdered();
    }

    @Override
    public void close() throws InterruptedException {
        if (operations.isPresent()) {
            operations.get().close();
        }
    }

    /** Where backups are looked through; nothing is left there. */
    public Path room() {
        return settings.data().resolve("cache").resolve("backup-check");
    }

    private Sources sources() {
        return new Sources(
                settings.data(),
                settings.routes(),
                settings.config().map(List::of).orElse(List.of()));
    }

    /** Copies of the database, and what is in it. */
    DatabaseCopies databases() {
        return postgres()
                .<DatabaseCopies>map(address -> new PostgresCopies(address, settings.data()))
                .orElseGet(() -> new SqliteCopies(settings.data()));
    }

    private DatabaseCopies databasesOfDrill(Path data) {
        return postgres()
                .<DatabaseCopies>map(address -> new DrilledDump(new PostgresCopies(address, data)))
                .orElseGet(() -> new SqliteCopies(data));
    }

    private Optional<PostgresAddress> postgres() {
        return settings.optional(Setting.DB_URL)
                .map(url -> PostgresAddress.of(
                        url, settings.optional(Setting.DB_USER), settings.optional(Setting.DB_PASSWORD)));
    }

    /** The machine's name, as it calls itself; a lookup of it needs a network on some. */
    public String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
