package org.caravanhub.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.caravanhub.Await;
import org.caravanhub.audit.Trail;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.backup.BackupListener;
import org.caravanhub.backup.BackupRound;
import org.caravanhub.backup.Backups;
import org.caravanhub.backup.Checked;
import org.caravanhub.backup.Drill;
import org.caravanhub.backup.Restore;
import org.caravanhub.backup.Retention;
import org.caravanhub.backup.Shelf;
import org.caravanhub.backup.Sources;
import org.caravanhub.backup.Verification;
import org.caravanhub.http.HttpEdge;
import org.caravanhub.job.Job;
import org.caravanhub.store.SqliteCopies;
import org.caravanhub.store.SqliteDatabase;

/** Backups of a small hub of its own, behind the API of a test; nothing is ever brought back into it. */
public final class TestBackups implements AutoCloseable {
    public final Path data;
    public final Shelf shelf;
    public final Shelf second;
    /** The jobs that have ordered a restore. */
    public final List<String> ordered = new CopyOnWriteArrayList<>();

    private final Backups backups;
    private final BackupOperations operations;
    /** Whether an order cannot be noted. */
    public volatile boolean isFull;

    private int uploads;

    TestBackups(
            Path folder,
            CamelContext camel,
            HttpEdge http,
            Consumer<byte[]> news,
            Trail audit,
            Optional<String> recipient)
            throws IOException {
        data = Files.createDirectories(folder.resolve("vault"));
        SqliteDatabase.open(data.resolve("caravan.db")).close();
        Path config =
                Files.writeString(folder.resolve("vault.properties"), "caravan.ecoflow.secret-key = canary-4711\n");
        Files.writeString(data.resolve("admin.token"), "caravan_secret\n");
        shelf = new Shelf(data.resolve("backups"));
        second = new Shelf(folder.resolve("stick"));
        SqliteCopies copies = new SqliteCopies(data);
        Sources sources = new Sources(data, folder.resolve("vault-routes"), List.of(config));
        backups =
                new Backups(new Backups.Settings(shelf, sources, recipient, "hut", "0.1.0"), copies, Clock.systemUTC());
        operations = BackupOperations.bindTo(
                camel,
                http,
                new BackupOperations.Places(
                        shelf,
                        () -> Optional.of(second).filter(stick -> Files.isDirectory(stick.folder())),
                        new Restore(sources, copies),
                        (job, who, backup, prepared, difference) -> {
                            if (isFull) {
                                throw new IOException("No space left on device");
                            }
                            ordered.add(job);
                        }),
                new BackupApi.Surroundings(
                        () -> new BackupRound(
                                backups, Optional.empty(), new Retention(7, 4, 6, 1L << 30), Clock.systemUTC()),
                        new Verification(copies),
                        new Checked(data.resolve("health/checked.json")),
                        new Drill(
                                data.resolve("cache/drill"),
                                data.resolve("health/drill.json"),
                                at -> copies,
                                Clock.systemUTC()),
                        data.resolve("cache/check"),
                        Optional::empty,
                        Optional::empty),
                news,
                audit,
                Clock.systemUTC());
    }

    /** One that was made now. */
    public BackupFile made(String label) throws IOException {
        return backups.make(label, BackupListener.NONE);
    }

    /** One that was made long before all others; only its name is older. */
    public String older() throws IOException {
        BackupFile newest = shelf.newest().isPresent() ? shelf.newest().get() : made("manual");
        String name = "caravan-20260101T000000Z-manual.tar.gz";
        Files.copy(newest.path(), shelf.folder().resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return name;
    }

    /** The name of one that is not there. */
    public String other() {
        return "caravan-20260102T000000Z-upload-" + ++uploads + ".tar.gz";
    }

    public boolean isIdle() {
        return operations.jobs().running().isEmpty();
    }

    /** Waits until no job runs; one that waits for a hub that stops is over. */
    public Job idle() throws InterruptedException {
        if (operations
                .jobs()
                .running()
                .filter(job -> job.kind().equals("restore-backup"))
                .isPresent()) {
            operations.jobs().close();
        }
        Await.until(
                "no job runs",
                Duration.ofSeconds(20),
                () -> operations.jobs().running().isEmpty());
        List<Job> all = operations.jobs().all();
        return all.isEmpty() ? operations.jobs().begin("verify-backup", "", course -> java.util.Map.of()) : all.get(0);
    }

    @Override
    public void close() throws InterruptedException {
        operations.close();
    }
}
