package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Problem;
import org.caravanhub.text.Quoted;

/**
 * What somebody wants to try: schema {@code FlowTrial} of {@code openapi.yaml}.
 *
 * @param topic on which it would come; may be empty
 * @param payload its bytes
 * @param receivedAt when it would have come; empty for now
 * @param file the text of the flow's file, if another one than the one that runs is tried
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record FlowTrial(String topic, byte[] payload, Optional<Instant> receivedAt, Optional<String> file) {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Set<String> KNOWN = Set.of("topic", "payload", "payload_base64", "received_at", "file");

    /**
     * Reads it.
     *
     * @throws Problem with every mistake there is
     */
    static FlowTrial read(byte[] body) {
        Map<String, String> given = members(body);
        List<Fault> faults = new ArrayList<>();
        for (String name : given.keySet()) {
            if (!KNOWN.contains(name)) {
                faults.add(new Fault(
                        Quoted.of(name),
                        "unknown",
                        "There is no member " + Quoted.of(name) + ".",
                        "there are topic, payload," + " payload_base64, received_at, file"));
            }
        }
        byte[] payload = payload(given, faults);
        Optional<Instant> receivedAt =
                Optional.ofNullable(given.get("received_at")).flatMap(text -> moment(text, faults));
        if (!faults.isEmpty()) {
            throw Problem.parameters(faults);
        }
        return new FlowTrial(
                given.getOrDefault("topic", ""), payload, receivedAt, Optional.ofNullable(given.get("file")));
    }

    private static byte[] payload(Map<String, String> given, List<Fault> faults) {
        String encoded = given.get("payload_base64");
        if (encoded == null) {
            return given.getOrDefault("payload", "").getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            faults.add(new Fault("payload_base64", "wrong_type", "payload_base64 is not Base64.", ""));
            return new byte[0];
        }
    }

    private static Optional<Instant> moment(String text, List<Fault> faults) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            faults.add(new Fault(
                    "received_at", "wrong_type", "received_at is not a moment.", "write it as 2026-06-01T12:00:00Z"));
            return Optional.empty();
        }
    }

    private static Map<String, String> members(byte[] body) {
        Map<String, String> members = new HashMap<>();
        try (JsonParser parser = FACTORY.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw notUnderstood("it is no JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NULL) {
                    throw notUnderstood(Quoted.of(name) + " is no text; a JSON payload is given as text, too");
                }
                if (value == JsonToken.VALUE_STRING) {
                    members.put(name, parser.getText());
                }
            }
            return members;
        } catch (IOException e) {
            throw notUnderstood("it is not JSON");
        }
    }

    private static Problem notUnderstood(String why) {
        return Problem.parameters(List.of(new Fault(
                "body",
                "wrong_type",
                "The body is not understood: " + why + ".",
                "{\"topic\":\"a/b\",\"payload\":\"21\"}")));
    }
}
