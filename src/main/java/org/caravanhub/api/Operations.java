package org.caravanhub.api;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.camel.spi.Registry;
import org.caravanhub.audit.Trail;
import org.caravanhub.device.Admission;
import org.caravanhub.health.HealthReport;
import org.caravanhub.health.MetricSource;
import org.caravanhub.http.Answers;
import org.caravanhub.http.Contract;
import org.caravanhub.http.Problems;
import org.caravanhub.http.Questions;
import org.caravanhub.presence.PresenceWatch;
import org.caravanhub.store.AnnouncementQueries;
import org.caravanhub.store.DeviceBook;
import org.caravanhub.store.EnergyTables;
import org.caravanhub.store.LedgerQuery;
import org.caravanhub.store.Queries;
import org.caravanhub.store.ReadingQueries;
import org.caravanhub.store.SeriesQuery;
import org.caravanhub.store.TrendQueries;

/** The names by which the routes in {@code routes/api} call what is in this package. */
public final class Operations {
    private final Queries queries;
    private final HealthReport health;
    private final List<MetricSource> metrics;
    private final Duration energyGap;
    private final Storage storage;
    private final LongSupplier waiting;
    private final PresenceWatch presence;
    private final Contract contract;
    private final String version;
    private final Admission admission;
    private final Trail audit;
    private final Clock clock;

    /**
     * Operations on these.
     *
     * @param queries ask the database
     * @param health what {@code /health} tells
     * @param metrics what {@code /metrics} tells
     * @param energyGap readings further apart than that have no energy between them
     * @param storage how much room is used
     * @param waiting how many messages are kept and not in the database yet
     * @param presence whether devices are there
     * @param contract what {@code /api/v1/openapi.yaml} shows
     * @param version of the program
     * @param admission whose readings are taken by HTTP
     * @param audit is told who imported readings
     */
    public Operations(
            Queries queries,
            HealthReport health,
            List<MetricSource> metrics,
            Duration energyGap,
            Storage storage,
            LongSupplier waiting,
            PresenceWatch presence,
            Contract contract,
            String version,
            Admission admission,
            Trail audit,
            Clock clock) {
        this.queries = queries;
        this.health = health;
        this.metrics = List.copyOf(metrics);
        this.energyGap = energyGap;
        this.storage = storage;
        this.waiting = waiting;
        this.presence = presence;
        this.contract = contract;
        this.version = version;
        this.admission = admission;
        this.audit = audit;
        this.clock = clock;
    }

    /** Binds them; before the routes are loaded. {@code httpIngest}, the decoder, is bound by others. */
    public void bindTo(Registry registry) {
        ReadingQueries readings = new ReadingQueries(queries);
        registry.bind("question", new Questions());
        registry.bind("answer", new Answers());
        registry.bind("problems", new Problems());
        AnnouncementQueries announcements = new AnnouncementQueries(queries);
        registry.bind(
                "deviceApi",
                new DeviceApi(
                        new DeviceBook(queries), new TrendQueries(queries), readings, announcements, presence, clock));
        registry.bind("readingApi", new ReadingApi(readings, clock));
        registry.bind("seriesApi", new SeriesApi(new SeriesQuery(queries, energyGap), clock));
        registry.bind(
                "energyApi",
                new EnergyApi(
                        new DeviceBook(queries), new EnergyTables(queries, energyGap), ZoneId.systemDefault(), clock));
        registry.bind("storageApi", new StorageApi(storage));
        registry.bind("ingestApi", new IngestApi(admission, clock));
        registry.bind("importApi", new ImportApi(audit));
        registry.bind("flowRecipeApi", new FlowRecipeApi());
        registry.bind(
                "hubApi", new HubApi(version, health, metrics, new LedgerQuery(queries), waiting, contract, clock));
    }
}
