package org.caravanhub.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.caravanhub.device.RegistryListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes all that devices ever said, in commits so short that nobody who waits for an acknowledgement notices. What is to be deleted is noted
 * in the database, so that it goes on after a restart. Safe for use by many threads; has a thread only while there is something to do.
 */
public final class Forgetting implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);
    private static final Sql DEVICES = Sql.load("registration/select-forgetting");
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final GroupCommit writer;
    private final Database database;
    private final Changes changes;
    private final RegistryListener listeners;
    private final Map<String, CompletableFuture<Boolean>> waiting = new HashMap<>();
    private boolean isClosed;
    private boolean isWorking;

    /** Deletes between two commits of this writer. */
    public Forgetting(GroupCommit writer, Database database, RegistryListener listeners) {
        this.writer = writer;
        this.database = database;
        this.changes = new Changes(writer, database);
        this.listeners = listeners;
    }

    /** Goes on with what was noted before the hub was stopped. */
    public void goOn() {
        for (String device : changes.make(change -> noted(change))) {
            begin(device);
        }
    }

    /**
     * Deletes what is noted of a device.
     *
     * @return whether it was done within that time; otherwise it goes on
     */
    public boolean forget(String device, Duration atMost) throws InterruptedException {
        CompletableFuture<Boolean> done = begin(device);
        try {
            return done.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }

    /** What is not done yet is done after the next start. */
    @Override
    public synchronized void close() {
        isClosed = true;
        notifyAll();
    }

    private static List<String> noted(Change change) throws SQLException {
        return change.all(DEVICES, new Values(), row -> row.getString("device"));
    }

    private synchronized CompletableFuture<Boolean> begin(String device) {
        CompletableFuture<Boolean> done = waiting.computeIfAbsent(device, none -> new CompletableFuture<>());
        if (!isWorking && !isClosed) {
            isWorking = true;
            Thread thread = new Thread(this::work, "forgetting");
            thread.setDaemon(true);
            thread.start();
        }
        return done;
    }

    private void work() {
        try {
            for (String device = next(); !device.isEmpty(); device = next()) {
                if (isForgotten(device)) {
                    done(device);
                } else {
                    pause();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Empty if there is none; then this thread ends. */
    private synchronized String next() {
        isWorking = !isClosed && !waiting.isEmpty();
        return isWorking ? waiting.keySet().iterator().next() : "";
    }

    private void done(String device) {
        LOG.info("device={} \"all that it ever said is deleted\"", device);
        listeners.removed(device);
        CompletableFuture<Boolean> done;
        synchronized (this) {
            done = waiting.remove(device);
        }
        if (done != null) {
            done.complete(true);
        }
    }

    private synchronized void pause() throws InterruptedException {
        if (!isClosed) {
            wait(RETRY.toMillis());
        }
    }

    private synchronized boolean isClosed() {
        return isClosed;
    }

    /** Whether nothing is left; otherwise it could not go on, and tries again later. */
    private boolean isForgotten(String device) {
        ForgottenDevice all = new ForgottenDevice(device);
        try {
            while (!isClosed()) {
                if (!changes.make(all::deleteSome)) {
                    if (end(all)) {
                        return true;
                    }
                }
            }
        } catch (DatabaseAway | IOException | SQLException e) {
            LOG.warn("device={} reason=\"{}\" \"deleting what it said goes on later\"", device, e.getMessage());
        }
        return false;
    }

    /** False if something came meanwhile. */
    private boolean end(ForgottenDevice all) throws IOException, SQLException {
        if (database.dialect() == Dialect.POSTGRES) {
            return changes.make(all::end);
        }
        // SQLite would look through all readings for one that refers to the voice that goes; there is none, as was seen
        // in this transaction.
        boolean[] isOver = {false};
        writer.disconnected(Target.Look.AWAY, () -> {
            try (Connection connection = database.openWriter();
                    Statement statement = connection.createStatement()) {
                statement.execute("pragma foreign_keys = off");
                connection.setAutoCommit(false);
                isOver[0] = all.end(new Change(connection, Dialect.SQLITE));
                connection.commit();
            }
        });
        return isOver[0];
    }
}
