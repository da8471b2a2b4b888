package org.caravanhub.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.spi.Registry;
import org.caravanhub.bundle.BundleFile;
import org.caravanhub.bundle.Bundles;
import org.caravanhub.bundle.Contents;
import org.caravanhub.bundle.Member;
import org.caravanhub.bundle.Part;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Moment;
import org.caravanhub.http.Question;
import org.caravanhub.store.DatabaseAway;
import org.caravanhub.store.Queries;
import org.caravanhub.store.QueriesBusy;
import org.caravanhub.store.TableCounts;
import org.caravanhub.text.Hidden;

/**
 * {@code download-bundle} and {@code list-bundle-contents}: what the hub knows of itself, for somebody who helps. It is what other operations
 * answer, of which only the fields go in that are named here.
 */
public final class BundleApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 500;
    private static final int MOST_PAGES = 20;
    private static final Duration AUDIT = Duration.ofDays(7);

    private static final Set<String> OF_FLOW = Set.of(
            "id",
            "state",
            "file",
            "line",
            "problem",
            "trouble",
            "since",
            "last_at",
            "exchanges",
            "messages",
            "failed",
            "in_flight",
            "step",
            "place",
            "hangs",
            "at",
            "text");
    private static final Set<String> OF_FLOW_FILE = Set.of(
            "path",
            "state",
            "running_version",
            "version",
            "since",
            "errors",
            "file",
            "line",
            "column",
            "code",
            "message",
            "hint");
    private static final Set<String> OF_GROUP =
            Set.of("cause", "kind", "flow", "step", "device", "count", "first_at", "last_at", "reason");
    private static final Set<String> OF_DEVICE = Set.of(
            "id",
            "family",
            "model",
            "firmware",
            "state",
            "is_registered",
            "is_disabled",
            "received",
            "stored",
            "duplicate",
            "quarantined",
            "first_seen_at",
            "last_seen_at",
            "interval_ms",
            "interval_source");
    private static final Set<String> OF_ALERT = Set.of(
            "name",
            "device",
            "flow",
            "severity",
            "state",
            "muted",
            "title",
            "count",
            "opened_at",
            "last_at",
            "told_at",
            "closes_at",
            "resolved_at");
    private static final Set<String> OF_AUDIT = Set.of("at", "who", "action", "subject");

    private final Registry registry;
    private final Queries queries;
    private final Supplier<List<Part>> ofProcess;
    private final String host;
    private final Clock clock;

    /**
     * Answers from the operations in this registry.
     *
     * @param ofProcess what is known without a question: settings, for example
     * @param host for the name of the file
     */
    public BundleApi(Registry registry, Queries queries, Supplier<List<Part>> ofProcess, String host, Clock clock) {
        this.registry = registry;
        this.queries = queries;
        this.ofProcess = ofProcess;
        this.host = host;
        this.clock = clock;
    }

    /** The hub's part as one file, {@code .tar.gz}. */
    public Answer download(Question question) throws IOException {
        String name = Bundles.name(host, clock.instant());
        return Answer.bytes("application/gzip", BundleFile.bytes(name, members(question), clock.instant()))
                .with("Content-Disposition", "attachment; filename=\"" + name + ".tar.gz\"");
    }

    /** What would be in it. */
    public Answer contents(Question question) {
        List<Member> members = members(question);
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (Member member : members) {
                json.writeStartObject();
                json.writeStringField("name", member.name());
                json.writeStringField("what", member.what());
                json.writeNumberField("bytes", member.bytes().length);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNullField("next_cursor");
            json.writeEndObject();
        });
    }

    private List<Member> members(Question question) {
        List<Part> parts = new ArrayList<>(ofProcess.get());
        parts.add(new Part(
                "hub/health.json",
                "every check",
                () -> text(bean(HubApi.class, "hubApi").checks())));
        parts.add(list("hub/flows.json", "state and figures of each flow", OF_FLOW, question, Map.of(), asked -> bean(
                        FlowApi.class, "flowApi")
                .list(asked)));
        parts.add(list(
                "hub/flow-files.json", "flow files and their mistakes", OF_FLOW_FILE, question, Map.of(), asked -> bean(
                                FlowFileApi.class, "flowFileApi")
                        .list()));
        parts.addAll(unlessAway(ofDatabase(question)));
        return new Contents(Hidden::andAlike).of(parts);
    }

    private List<Part> ofDatabase(Question question) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("hub/database.txt", "version of the tables, rows of the small ones", this::database));
        parts.add(new Part(
                "hub/metrics.txt",
                "counters and gauges",
                () -> text(bean(HubApi.class, "hubApi").metrics())));
        parts.add(new Part(
                "hub/ledger.json",
                "how much came in, and what became of it",
                () -> text(bean(HubApi.class, "hubApi").ledger())));
        parts.add(new Part(
                "hub/storage.json",
                "how long the room lasts",
                () -> text(bean(StorageApi.class, "storageApi").show())));
        parts.add(list(
                "hub/quarantine.json",
                "groups of what was set aside, without a message",
                OF_GROUP,
                question,
                Map.of(),
                asked -> bean(MendingApi.class, "mendingApi").groups(asked)));
        parts.add(list(
                "hub/devices.json",
                "devices, without what their owner wrote of them",
                OF_DEVICE,
                question,
                Map.of("format", "json"),
                asked -> bean(DeviceApi.class, "deviceApi").list(asked)));
        parts.add(list(
                "hub/alerts.json",
                "the newest alerts, by their titles",
                OF_ALERT,
                question,
                Map.of("state", "all"),
                asked -> bean(AlertApi.class, "alertApi").list(asked)));
        parts.add(list(
                "hub/audit.json",
                "who changed what in 7 days, without the values",
                OF_AUDIT,
                question,
                Map.of("since", clock.instant().minus(AUDIT)),
                asked -> bean(AuditApi.class, "auditApi").list(asked)));
        return parts;
    }

    /** A database that is away lets everybody wait; once is enough. */
    private static List<Part> unlessAway(List<Part> parts) {
        AtomicBoolean away = new AtomicBoolean();
        return parts.stream()
                .map(part -> new Part(part.name(), part.what(), () -> {
                    if (away.get()) {
                        throw new IOException("the database is away");
                    }
                    try {
                        return part.text().read();
                    } catch (DatabaseAway | QueriesBusy e) {
                        away.set(true);
                        throw e;
                    }
                }))
                .toList();
    }

    private String database() {
        TableCounts tables = new TableCounts(queries);
        StringBuilder text = new StringBuilder("schema " + tables.schema() + "\n");
        tables.rows()
                .forEach((table, rows) ->
                        text.append(table).append(' ').append(rows).append('\n'));
        return text.append("at ")
                .append(Moment.text(clock.instant()))
                .append('\n')
                .toString();
    }

    private <T> T bean(Class<T> type, String name) {
        return registry.lookupByNameAndType(name, type);
    }

    private static Part list(
            String name,
            String what,
            Set<String> fields,
            Question question,
            Map<String, Object> parameters,
            Function<Question, Answer> operation) {
        return new Part(name, what, () -> {
            ArrayNode items = JSON.createArrayNode();
            Map<String, Object> asked = new HashMap<>(parameters);
            asked.put("limit", (long) PAGE);
            for (int page = 0; page < MOST_PAGES; page++) {
                JsonNode answer = JSON.readTree(text(operation.apply(question.instead(asked))));
                answer.path("items").forEach(item -> items.add(only(fields, item)));
                if (!answer.path("next_cursor").isTextual()) {
                    break;
                }
                asked.put("cursor", answer.path("next_cursor").asText());
            }
            StringBuilder lines = new StringBuilder();
            items.forEach(item -> lines.append(item).append('\n'));
            return lines.toString();
        });
    }

    /** What is new in an answer does not go in by itself. */
    private static JsonNode only(Set<String> fields, JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode kept = JSON.createObjectNode();
            object.properties().forEach(field -> {
                if (fields.contains(field.getKey())) {
                    kept.set(field.getKey(), only(fields, field.getValue()));
                }
            });
            return kept;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode kept = JSON.createArrayNode();
            array.forEach(item -> kept.add(only(fields, item)));
            return kept;
        }
        // What somebody sent stands in quotes in a reason.
        return node.isTextual()
                ? JSON.getNodeFactory().textNode(node.asText().replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "\"…\""))
                : node;
    }

    private static String text(Answer answer) throws IOException {
        return new String(answer.body().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
