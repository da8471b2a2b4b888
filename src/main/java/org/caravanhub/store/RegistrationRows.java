package org.caravanhub.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravanhub.device.Registration;

/** How a {@link Registration} is written in its table, and read. */
final class RegistrationRows {
    private static final Sql INSERT = Sql.load("registration/insert-registration");
    private static final Sql FORGETTING = Sql.load("registration/select-forgetting");
    private static final Sql UPDATE = Sql.load("registration/update-registration");
    private static final Sql SELECT = Sql.load("registration/select-registration");
    private static final JsonFactory JSON = new JsonFactory();

    private RegistrationRows() {}

    /**
     * Makes it known; false if it is known already, and then nothing is changed.
     *
     * @throws StillForgetting if what one of its id said is not deleted yet
     */
    static boolean insert(Change change, Registration registration) throws SQLException {
        if (change.all(FORGETTING, new Values(), row -> row.getString("device")).contains(registration.device())) {
            throw new StillForgetting(registration.device());
        }
        return change.run(
                        INSERT,
                        values(registration)
                                .with("created_at", registration.createdAt().toEpochMilli()))
                == 1;
    }

    /** Writes all of it anew, but when it became known; false if it is not known. */
    static boolean update(Change change, Registration registration) throws SQLException {
        return change.run(UPDATE, values(registration)) == 1;
    }

    /** It as it is in this transaction. */
    static Optional<Registration> find(Change change, String device) throws SQLException {
        return change.all(SELECT, new Values().with("device", device), RegistrationRows::read).stream()
                .findFirst();
    }

    /** It as it was committed last. */
    static Optional<Registration> find(Queries queries, String device) {
        return queries.all(SELECT, new Values().with("device", device), RegistrationRows::read).stream()
                .findFirst();
    }

    static Registration read(ResultSet row) throws SQLException {
        long interval = row.getLong("interval_ms");
        boolean isLearned = row.wasNull();
        return new Registration(
                row.getString("device"),
                new Registration.Topics(row.getString("family"), row.getString("site"), row.getString("system")),
                row.getString("model"),
                row.getString("name"),
                row.getString("device_group"),
                words(row.getString("tags")),
                row.getString("location"),
                row.getString("notes"),
                isLearned ? Optional.empty() : Optional.of(Duration.ofMillis(interval)),
                row.getInt("disabled") == 1,
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("changed_at")));
    }

    private static Values values(Registration registration) {
        return new Values()
                .with("device", registration.device())
                .with("family", registration.topics().family())
                .with("site", registration.topics().site())
                .with("system", registration.topics().system())
                .with("model", registration.model())
                .with("name", registration.name())
                .with("device_group", registration.group())
                .with("tags", json(registration.tags()))
                .with("location", registration.location())
                .with("notes", registration.notes())
                .with(
                        "interval_ms",
                        registration.interval().map(Duration::toMillis).orElse(null))
                .with("disabled", registration.isDisabled() ? 1 : 0)
                .with("changed_at", registration.changedAt().toEpochMilli());
    }

    private static String json(List<String> words) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (String word : words) {
                json.writeString(word);
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("JSON could not be written", e);
        }
        return text.toString();
    }

    private static List<String> words(String array) {
        List<String> words = new ArrayList<>();
        try (JsonParser json = JSON.createParser(array)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    words.add(json.getText());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the tags of a device are not what was written", e);
        }
        return List.copyOf(words);
    }
}
