package org.caravanhub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.caravanhub.alert.BackupAge;
import org.caravanhub.api.BackupFlows;
import org.caravanhub.api.BackupHealth;
import org.caravanhub.api.SecondPlaceHealth;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.backup.BackupRound;
import org.caravanhub.backup.Backups;
import org.caravanhub.backup.DatabaseCopies;
import org.caravanhub.backup.Drill;
import org.caravanhub.backup.FolderPlace;
import org.caravanhub.backup.OpenSsh;
import org.caravanhub.backup.Restore;
import org.caravanhub.backup.Retention;
import org.caravanhub.backup.SecondCopies;
import org.caravanhub.backup.SecondPlace;
import org.caravanhub.backup.SftpAddress;
import org.caravanhub.backup.SftpPlace;
import org.caravanhub.backup.Shelf;
import org.caravanhub.backup.Sources;
import org.caravanhub.backup.Verification;
import org.caravanhub.http.AdminToken;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.caravanhub.store.DrilledDump;
import org.caravanhub.store.PostgresAddress;
import org.caravanhub.store.PostgresCopies;
import org.caravanhub.store.SqliteCopies;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What makes backups and brings them back, composed of the settings alone: commands use it with no hub at work as the hub does. SQLite lets
 * both copy the database at once.
 */
public final class BackupWiring {
    private static final Logger LOG = LoggerFactory.getLogger(BackupWiring.class);

    private final Settings settings;
    private final String program;
    private final Clock clock;

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

    /** What the flows in {@code routes/backup} call, and those that judge the newest. */
    void bindTo(CamelContext camel) {
        camel.getRegistry()
                .bind("backupAge", new BackupAge(() -> shelf().newest().map(BackupFile::madeAt), clock));
        camel.getRegistry().bind("backupFlows", new BackupFlows(this::round, drill(), shelf()));
    }

    /** Whether what is here would be there again. */
    BackupHealth health() {
        return new BackupHealth(shelf(), drill(), settings.data().resolve(AdminToken.FILE), clock);
    }

    /** Whether there is a copy elsewhere; nothing if there should be none. */
    Optional<SecondPlaceHealth> copyHealth() {
        return copies().map(copies -> new SecondPlaceHealth(copies, clock));
    }

    /** A restore that a power cut ended in the middle is finished before anything else is looked at. */
    void finishRestore() {
        if (Restore.isBegunIn(settings.data())) {
            try {
                Restore.Result result = restore().finish();
                LOG.info("restore=finished made=\"{}\"", result.manifest().madeAt());
                result.left().forEach((target, from) -> LOG.warn("restore=left file=\"{}\" is=\"{}\"", target, from));
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "A restore that was begun cannot be finished: " + e.getMessage() + ". Make room or give "
                                + settings.data() + " to the user that runs Caravan, and start it again",
                        e);
            }
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

    private DatabaseCopies databases() {
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
