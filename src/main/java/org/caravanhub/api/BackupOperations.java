package org.caravanhub.api;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.caravanhub.audit.Trail;
import org.caravanhub.backup.Incoming;
import org.caravanhub.backup.Restore;
import org.caravanhub.backup.Shelf;
import org.caravanhub.http.HttpEdge;
import org.caravanhub.job.Jobs;

/** Backups and jobs, and the names by which the API calls them. */
public final class BackupOperations implements AutoCloseable {
    private final Jobs jobs;
    private final RestoreApi restores;

    /**
     * Where backups are, and what is done with them.
     *
     * @param second looks each time whether the second place is there
     * @param order stops the hub to bring one back
     */
    public record Places(Shelf disk, Supplier<Optional<Shelf>> second, Restore restore, RestoreApi.Order order) {}

    private BackupOperations(Jobs jobs, RestoreApi restores) {
        this.jobs = jobs;
        this.restores = restores;
    }

    /**
     * Binds them; before the routes are loaded and before the edge listens.
     *
     * @param news is told how jobs go, as JSON
     */
    public static BackupOperations bindTo(
            CamelContext camel,
            HttpEdge http,
            Places places,
            BackupApi.Surroundings here,
            Consumer<byte[]> news,
            Trail audit,
            Clock clock) {
        Jobs jobs = new Jobs(job -> news.accept(JobJson.of(job)), clock, System::nanoTime);
        BackupShelves shelves = new BackupShelves(places.disk(), places.second());
        camel.getRegistry().bind("jobApi", new JobApi(jobs));
        camel.getRegistry().bind("backupApi", new BackupApi(shelves, here, jobs, audit, clock));
        RestoreApi restores = new RestoreApi(shelves, places.restore(), places.order(), jobs, audit, clock);
        camel.getRegistry().bind("restoreApi", restores);
        http.answer("BackupDownload", new BackupDownload(shelves));
        http.answer(
                "BackupUpload",
                new BackupUpload(
                        new Incoming(places.disk(), here.verification(), here.checked()),
                        shelves,
                        here.room(),
                        jobs,
                        audit,
                        clock));
        return new BackupOperations(jobs, restores);
    }

    /** What is being done. */
    public Jobs jobs() {
        return jobs;
    }

    /** What is being done is given up. */
    @Override
    public void close() throws InterruptedException {
        restores.close();
        jobs.close();
    }
}
