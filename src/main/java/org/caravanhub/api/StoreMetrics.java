package org.caravanhub.api;

import java.util.List;
import java.util.function.Supplier;
import org.caravanhub.health.Exposition;
import org.caravanhub.health.MetricSource;
import org.caravanhub.store.Database;
import org.caravanhub.store.DatabaseAway;
import org.caravanhub.store.DeviceBook;
import org.caravanhub.store.LedgerQuery;
import org.caravanhub.store.QueriesBusy;
import org.caravanhub.store.Receipt;
import org.caravanhub.store.SqliteDatabase;
import org.caravanhub.store.StoreState;
import org.caravanhub.upkeep.Forecast;

/** Measurements of what is kept and of the writer that keeps it. */
public final class StoreMetrics implements MetricSource {
    private final LedgerQuery ledger;
    private final DeviceBook devices;
    private final Database database;
    private final Supplier<StoreState> writer;
    private final Storage storage;

    /**
     * Measurements of a database and its writer.
     *
     * @param storage how much room is used
     * @param writer how the writer is: {@code groupCommit::state}
     */
    public StoreMetrics(
            LedgerQuery ledger, DeviceBook devices, Database database, Supplier<StoreState> writer, Storage storage) {
        this.ledger = ledger;
        this.devices = devices;
        this.database = database;
        this.writer = writer;
        this.storage = storage;
    }

    @Override
    public void expose(Exposition exposition) {
        try {
            exposeCounts(exposition);
        } catch (QueriesBusy | DatabaseAway e) {
            // What is not known now is left out; the rest is needed most while the database is away.
            exposition.gauge("caravan_db_answers", "1 while the database answers.", 0);
            exposeWriter(exposition);
            return;
        }
        exposition.gauge("caravan_db_answers", "1 while the database answers.", 1);
        exposeWriter(exposition);
    }

    private void exposeCounts(Exposition exposition) {
        List<LedgerQuery.Line> lines = ledger.lines();
        long heard = devices.count();
        Forecast forecast = storage.forecast();
        for (LedgerQuery.Line line : lines) {
            String flow = line.flow();
            Receipt counts = line.counts();
            count(exposition, "received", "What came in, since the database was made.", counts.received(), flow);
            count(exposition, "stored", "New readings.", counts.stored(), flow);
            count(exposition, "duplicate", "Readings that were there already.", counts.duplicate(), flow);
            count(exposition, "quarantined", "What no reading could be made of.", counts.quarantined(), flow);
        }
        exposition.gauge("caravan_devices", "Devices that were ever heard.", heard);
        exposeRoom(forecast, exposition);
    }

    private void exposeWriter(Exposition exposition) {
        StoreState state = writer.get();
        exposition.gauge(
                "caravan_store_blocked",
                "1 while nothing can be stored.",
                state.trouble().isPresent() ? 1 : 0);
        exposition.gauge("caravan_store_waiting", "Deliveries that wait for the writer.", state.waiting());
        exposition.counter("caravan_store_commits_total", "Transactions since the start.", state.commits());
        exposition.counter(
                "caravan_store_commit_seconds_total", "Time spent in them.", state.commitNanos() / 1_000_000_000.0);
        exposition.gauge("caravan_db_bytes", "Size of the database.", database.bytes());
        if (database instanceof SqliteDatabase sqlite) {
            exposition.gauge("caravan_db_wal_bytes", "Size of its write-ahead log.", sqlite.walBytes());
        }
    }

    private static void exposeRoom(Forecast forecast, Exposition exposition) {
        exposition.gauge("caravan_db_used_bytes", "What is used in the database.", forecast.usedBytes());
        exposition.gauge("caravan_db_budget_bytes", "What may be used.", forecast.budgetBytes());
        forecast.bytesPerDay()
                .ifPresent(bytes ->
                        exposition.gauge("caravan_db_growth_bytes_per_day", "Measured over the last week.", bytes));
        forecast.fullInDays()
                .ifPresent(days -> exposition.gauge("caravan_db_full_in_days", "Until budget or disk is full.", days));
    }

    private static void count(Exposition exposition, String what, String help, long value, String flow) {
        exposition.counter("caravan_" + what + "_total", help, value, "flow", flow);
    }
}
