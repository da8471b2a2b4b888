package org.caravanhub.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravanhub.Await;
import org.caravanhub.device.Presence;
import org.caravanhub.device.Whereabouts;
import org.caravanhub.flow.Flows;
import org.caravanhub.flow.LoadedFlows;
import org.caravanhub.health.HealthReport;
import org.caravanhub.http.Answer;
import org.caravanhub.http.EventStream;
import org.caravanhub.http.Principal;
import org.caravanhub.http.Question;
import org.caravanhub.message.Message;
import org.caravanhub.mqtt.ConsumerState;
import org.caravanhub.mqtt.MqttComponent;
import org.caravanhub.ota.OfferOutlet;
import org.caravanhub.reading.Families;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.caravanhub.store.Changes;
import org.caravanhub.store.Commands;
import org.caravanhub.store.CommitPolicy;
import org.caravanhub.store.Database;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.Inquiries;
import org.caravanhub.store.Queries;
import org.caravanhub.store.Registry;
import org.caravanhub.store.SqliteDatabase;
import org.caravanhub.store.StoreComponent;

/** What brings commands, with the flows that are shipped, a real database and a real broker; the time is the test's. */
final class CommandHub implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    final SetTime time;
    final Map<String, String> secrets = new ConcurrentHashMap<>();
    final MqttComponent mqtt;
    private final Set<String> online = ConcurrentHashMap.newKeySet();
    final Set<String> disabled = ConcurrentHashMap.newKeySet();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final Database database;
    private final GroupCommit writer;
    private final Queries queries;
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Flows flows;
    private final ProducerTemplate template;
    final CommandOperations operations;
    final TestOta ota = new TestOta();
    /** By which devices are told what they may have. */
    final OfferOutlet outlet;

    CommandHub(Path folder, String brokerUrl, SetTime time) throws IOException {
        this(folder, brokerUrl, time, SqliteDatabase.open(folder.resolve("caravan.db")));
    }

    CommandHub(Path folder, String brokerUrl, SetTime time, Database database) throws IOException {
        this.time = time;
        this.database = database;
        writer = new GroupCommit(database, CommitPolicy.DEFAULT, Clock.systemUTC());
        queries = new Queries(database, Duration.ofSeconds(5));
        mqtt = new MqttComponent(Clock.systemUTC());
        mqtt.setBrokerUrl(brokerUrl);
        camel.addComponent("mqtt", mqtt);
        camel.addComponent("store", new StoreComponent(writer, message -> List.of()));
        camel.start();
        Whereabouts whereabouts = new Whereabouts() {
            @Override
            public Presence of(String device) {
                return disabled.contains(device)
                        ? Presence.DISABLED
                        : online.contains(device) ? Presence.ONLINE : Presence.OFFLINE;
            }

            @Override
            public void whenHeard(Consumer<String> listener) {
                listeners.add(listener);
            }
        };
        operations = new CommandOperations(
                camel,
                new Changes(writer, database),
                queries,
                new CommandOperations.Surroundings(
                        whereabouts,
                        this::secret,
                        "restart,heater/start",
                        mqtt::isPublishing,
                        new EventStream("test", new HealthReport(List.of()), time.wall),
                        time.hub,
                        time.wall,
                        time::nanos));
        Changes changes = new Changes(writer, database);
        OfferOperations.bindTo(
                camel.getRegistry(), ota.deciding(), new Inquiries(changes, queries), queries, time.wall);
        outlet = OfferOperations.outlet(
                camel,
                new Commands(changes, queries),
                whereabouts,
                mqtt::isPublishing,
                ota.deciding().addresses(),
                () -> "http://192.168.1.20:8080");
        Path routes = folder.resolve("routes");
        for (String file : List.of(
                "command/send-command",
                "command/acknowledge-command",
                "command/publish-configuration",
                "ota/offer-firmware",
                "ota/update-reported",
                "shared/leave-to-sender",
                "shared/note-or-set-aside")) {
            Path to = routes.resolve(file + ".camel.yaml");
            Files.createDirectories(to.getParent());
            Files.copy(Path.of("routes", file + ".camel.yaml"), to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        flows = LoadedFlows.of(routes, camel);
        template = camel.createProducerTemplate();
        mqtt.whenPublishing(operations::reached);
        operations.start();
    }

    /** Waits until acknowledgements are heard. */
    CommandHub subscribed() {
        Await.until(
                "acknowledgements are subscribed to",
                PATIENCE,
                () -> mqtt.states().stream().allMatch(ConsumerState::subscribed) && mqtt.isPublishing());
        return this;
    }

    private String secret(String name) {
        String secret = secrets.get(name);
        if (secret == null) {
            throw new IllegalArgumentException("there is no secret \"" + name + "\"");
        }
        return secret;
    }

    /** A device that was heard once, by these words of its topics. */
    void known(String device, String family, String site, String system, String location) {
        Instant now = Instant.now();
        List<Outcome> outcomes = new ArrayList<>(List.of(new Reading(
                new Source(device, family, site, system, "", location, ""),
                now,
                now,
                Metrics.ofChecked("{\"a\":1}".getBytes(StandardCharsets.UTF_8)),
                0)));
        template.requestBody("store:reading?timeout=10000", outcomes);
    }

    void online(String device) {
        online.add(device);
        heard(device);
    }

    void offline(String device) {
        online.remove(device);
    }

    void heard(String device) {
        listeners.forEach(listener -> listener.accept(device));
    }

    /** Asks for a command; the answer's status and body. */
    JsonNode send(String device, String body) {
        return send(device, body, "");
    }

    JsonNode send(String device, String body, String key) {
        Map<String, Object> parameters = new HashMap<>(Map.of("id", device));
        if (!key.isEmpty()) {
            parameters.put("Idempotency-Key", key);
        }
        return json(api().create(question("create-command", parameters, body)));
    }

    JsonNode command(JsonNode sent) {
        return json(api().show(question(
                "show-command",
                Map.of(
                        "id",
                        sent.get("device").asText(),
                        "command",
                        sent.get("id").asText()),
                "")));
    }

    JsonNode cancel(JsonNode sent) {
        return json(api().cancel(question(
                "cancel-command",
                Map.of(
                        "id",
                        sent.get("device").asText(),
                        "command",
                        sent.get("id").asText()),
                "")));
    }

    String state(JsonNode sent) {
        return command(sent).get("state").asText();
    }

    JsonNode await(JsonNode sent, String state) {
        try {
            Await.until(state, PATIENCE, () -> state(sent).equals(state));
        } catch (AssertionError e) {
            throw new AssertionError(state + " and not " + command(sent), e);
        }
        return command(sent);
    }

    /** One number of the database. */
    long number(String sql) {
        try (var connection = database.readers().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its owner gives a device up, with all that it said. */
    void remove(String device) {
        new Registry(new Changes(writer, database), operations, time.wall)
                .remove(device, true, new Registry.By("test", "delete-device"));
    }

    /** Changes the database behind the hub's back. */
    void write(String sql) {
        try {
            writer.lend(connection -> {
                try (var statement = connection.createStatement()) {
                    return statement.executeUpdate(sql);
                }
            });
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private CommandApi api() {
        return camel.getRegistry().lookupByNameAndType("commandApi", CommandApi.class);
    }

    private ConfigurationApi configurations() {
        return camel.getRegistry().lookupByNameAndType("configurationApi", ConfigurationApi.class);
    }

    JsonNode configuration(String device) {
        return json(configurations().show(question("show-configuration", Map.of("id", device), "")));
    }

    JsonNode configure(String operation, String device, String ifMatch, String body) {
        Question question = question(operation, Map.of("id", device), body, ifMatch);
        return json(
                operation.equals("save-configuration")
                        ? configurations().save(question)
                        : configurations().patch(question));
    }

    /** A device reports its configuration. */
    void says(String device, String configuration) {
        List<Outcome> outcomes = Families.caravanDevice()
                .decodeOne(Message.of(
                        "caravan/" + device + "/config/report",
                        configuration.getBytes(StandardCharsets.UTF_8),
                        Instant.now()));
        template.requestBody("store:reading?timeout=10000", new ArrayList<>(outcomes));
    }

    static Question question(String operation, Map<String, Object> parameters, String body) {
        return question(operation, parameters, body, "");
    }

    static Question question(String operation, Map<String, Object> parameters, String body, String ifMatch) {
        return new Question(
                operation,
                "/",
                parameters,
                new Principal(Principal.Kind.ADMIN, "admin"),
                new Question.Way("hub", "127.0.0.1"),
                "",
                ifMatch,
                "r1",
                body.getBytes(StandardCharsets.UTF_8));
    }

    static JsonNode json(Answer answer) {
        try {
            return JSON.readTree(answer.body().readAllBytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            operations.close();
            flows.close();
            camel.close();
            writer.close();
            queries.close();
            database.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
