package org.caravanhub.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * {@code openapi.yaml}: what may be asked, and how. Requests are checked against it before any route sees them. Immutable.
 *
 * <p>Camel's own contract-first REST was measured first: half a second and 25 MB more at start for 14 operations
 * (docs/decisions/0006-contract.md).
 */
public final class Contract {
    private final CompletableFuture<Text> text;

    private Contract(CompletableFuture<Text> text) {
        this.text = text;
    }

    /** What was read. */
    private record Text(String yaml, Map<String, Object> document, List<Operation> operations) {}

    /**
     * An operation that was found.
     *
     * @param operation which
     * @param inPath the parts of the path that differ
     */
    record Match(Operation operation, Map<String, String> inPath) {}

    /**
     * The contract of this program, from its class path. Read on another thread while the hub starts: in a cold process that takes a
     * fifth of a second.
     */
    public static Contract load() {
        return new Contract(CompletableFuture.supplyAsync(Contract::read));
    }

    private static Text read() {
        try (InputStream file = Contract.class.getResourceAsStream("/openapi.yaml")) {
            if (file == null) {
                throw new IllegalStateException("There is no openapi.yaml on the class path.");
            }
            String yaml = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            ContractReader reader = ContractReader.of(yaml);
            return new Text(yaml, reader.document(), List.copyOf(reader.operations()));
        } catch (IOException e) {
            throw new UncheckedIOException("openapi.yaml could not be read", e);
        }
    }

    /** Everything that may be asked. */
    public List<Operation> operations() {
        return text.join().operations();
    }

    /** The operations at this path, by method; none if there is no such path. */
    Map<String, Match> at(String path) {
        Map<String, Match> matches = new HashMap<>();
        for (Operation operation : operations()) {
            Optional<Map<String, String>> inPath = operation.match(path);
            if (inPath.isPresent()) {
                matches.put(operation.method(), new Match(operation, inPath.get()));
            }
        }
        return matches;
    }

    /** What may stand before this path, which is written as in the contract; empty if nothing. */
    String below(String path) {
        return operations().stream()
                .filter(operation -> operation.path().equals(path))
                .map(Operation::below)
                .findFirst()
                .orElse("");
    }

    /** As it is kept. */
    public byte[] yaml() {
        return text.join().yaml().getBytes(StandardCharsets.UTF_8);
    }

    /** The same as JSON. */
    public byte[] json() {
        return Json.of(json -> write(json, document()));
    }

    /** The document itself: maps, lists, text, numbers. */
    Map<String, Object> document() {
        return text.join().document();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object item : new ArrayList<>(list)) {
                write(json, item);
            }
            json.writeEndArray();
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else if (value instanceof Number number) {
            json.writeNumber(number.toString());
        } else {
            json.writeString(String.valueOf(value));
        }
    }
}
