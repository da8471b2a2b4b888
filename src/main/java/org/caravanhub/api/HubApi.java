package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.caravanhub.health.Exposition;
import org.caravanhub.health.Group;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthReport;
import org.caravanhub.health.MetricSource;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Contract;
import org.caravanhub.http.Moment;
import org.caravanhub.http.Question;
import org.caravanhub.store.LedgerQuery;
import org.caravanhub.store.Receipt;

/** What the hub says about itself: {@code show-health}, {@code list-checks}, {@code show-metrics}, {@code show-ledger}, and its contract. */
public final class HubApi {
    private final String version;
    private final HealthReport health;
    private final List<MetricSource> metrics;
    private final LedgerQuery ledger;
    private final LongSupplier waiting;
    private final Contract contract;
    private final Clock clock;
    private final Instant startedAt;

    /** Answers for the hub of this version, started now. */
    public HubApi(
            String version,
            HealthReport health,
            List<MetricSource> metrics,
            LedgerQuery ledger,
            LongSupplier waiting,
            Contract contract,
            Clock clock) {
        this.version = version;
        this.health = health;
        this.metrics = List.copyOf(metrics);
        this.ledger = ledger;
        this.waiting = waiting;
        this.contract = contract;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /** Whether the hub works, in one word; 503 if it does not. */
    public Answer liveness() {
        boolean works = health.state() != Health.State.PROBLEM;
        return Answer.json(works ? 200 : 503, json -> {
            json.writeStartObject();
            json.writeStringField("status", works ? "ok" : "problem");
            json.writeEndObject();
        });
    }

    /** Every check with what, why and what to do. */
    public Answer checks() {
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeStringField("status", health.state().word());
            json.writeStringField("version", version);
            json.writeStringField("time", Moment.text(clock.instant()));
            json.writeStringField("started_at", Moment.text(startedAt));
            json.writeArrayFieldStart("checks");
            for (HealthReport.Line line : health.lines()) {
                json.writeStartObject();
                json.writeStringField("name", line.name());
                json.writeStringField("group", Group.of(line.name()).word());
                json.writeStringField("state", line.health().state().word());
                json.writeStringField("what", line.health().what());
                json.writeStringField("why", line.health().why());
                json.writeStringField("fix", line.health().fix());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** What every source measures, for Prometheus. */
    public Answer metrics() {
        Exposition exposition = new Exposition();
        metrics.forEach(source -> source.expose(exposition));
        return Answer.bytes(
                "text/plain; version=0.0.4; charset=utf-8", exposition.text().getBytes(StandardCharsets.UTF_8));
    }

    /** The count of all that came in. */
    public Answer ledger() {
        List<LedgerQuery.Line> lines = ledger.lines();
        Receipt sum = lines.stream().map(LedgerQuery.Line::counts).reduce(Receipt.EMPTY, Receipt::plus);
        return Answer.json(json -> {
            json.writeStartObject();
            writeCounts(json, sum);
            json.writeNumberField("waiting", waiting.getAsLong());
            json.writeArrayFieldStart("by_flow");
            for (LedgerQuery.Line line : lines) {
                json.writeStartObject();
                json.writeStringField("flow", line.flow());
                writeCounts(json, line.counts());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** {@code openapi.yaml}. */
    public Answer contract(Question question) {
        return Answer.bytes("application/yaml", contract.yaml()).unlessKnown(question);
    }

    /** {@code openapi.yaml} as JSON. */
    public Answer contractAsJson(Question question) {
        return Answer.bytes("application/json", contract.json()).unlessKnown(question);
    }

    private static void writeCounts(JsonGenerator json, Receipt counts) throws IOException {
        json.writeNumberField("received", counts.received());
        json.writeNumberField("stored", counts.stored());
        json.writeNumberField("duplicate", counts.duplicate());
        json.writeNumberField("quarantined", counts.quarantined());
    }
}
