package org.caravanhub.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravanhub.command.Period;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Problem;
import org.caravanhub.text.Nearest;
import org.caravanhub.text.Quoted;

/**
 * What somebody wants a device to do: schema {@code CommandRequest} of {@code openapi.yaml}.
 *
 * @param name what to do, in the device's word
 * @param parameters an object; empty if there are none
 * @param time how long it may wait
 * @param isConfirmed whether whoever asks says that they mean it
 */
record CommandRequest(String name, JsonNode parameters, Duration time, boolean isConfirmed) {
    /** The parameters, in bytes of JSON. */
    static final int MOST_BYTES = 4096;

    static final Duration LONGEST = Duration.ofDays(30);
    private static final Duration USUAL = Duration.ofHours(24);
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final List<String> KNOWN = List.of("name", "parameters", "ttl", "confirm");
    private static final int LONGEST_NAME = 128;

    /**
     * Reads it.
     *
     * @throws Problem with every mistake there is
     */
    static CommandRequest read(byte[] body) {
        JsonNode given = ObjectBody.object(body, "{\"name\":\"restart\"}");
        List<Fault> faults = new ArrayList<>();
        given.fieldNames().forEachRemaining(member -> {
            if (!KNOWN.contains(member)) {
                String hint = Nearest.to(member, KNOWN)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("there are " + String.join(", ", KNOWN));
                faults.add(
                        new Fault(Quoted.of(member), "unknown", "There is no member " + Quoted.of(member) + ".", hint));
            }
        });
        JsonNode name = given.path("name");
        boolean isName = name.isTextual()
                && !name.textValue().isBlank()
                && name.textValue().length() <= LONGEST_NAME
                && name.textValue().chars().noneMatch(Character::isISOControl);
        if (!isName) {
            faults.add(new Fault(
                    "name",
                    given.has("name") ? "wrong_type" : "missing",
                    "name must say what the device is to do.",
                    "a text of at most " + LONGEST_NAME + " characters"));
        }
        JsonNode parameters = given.has("parameters") ? given.get("parameters") : JsonNodeFactory.instance.objectNode();
        if (!parameters.isObject()) {
            faults.add(new Fault("parameters", "wrong_type", "parameters is no object.", "{\"interval_s\":60}"));
        } else if (parameters.toString().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            faults.add(new Fault(
                    "parameters",
                    "out_of_range",
                    "parameters is too long.",
                    "at most " + MOST_BYTES + " bytes of JSON"));
        }
        JsonNode confirm = given.path("confirm");
        if (!confirm.isMissingNode() && !confirm.isBoolean()) {
            faults.add(new Fault("confirm", "wrong_type", "confirm is neither true nor false.", "true"));
        }
        Duration time = time(given.path("ttl"), faults);
        if (!faults.isEmpty()) {
            throw Problem.parameters(faults);
        }
        return new CommandRequest(name.textValue(), parameters, time, confirm.asBoolean());
    }

    private static Duration time(JsonNode ttl, List<Fault> faults) {
        if (ttl.isMissingNode()) {
            return USUAL;
        }
        Optional<Duration> time = ttl.isTextual() ? Period.parse(ttl.textValue()) : Optional.empty();
        boolean isRight = time.isPresent()
                && time.get().compareTo(SHORTEST) >= 0
                && time.get().compareTo(LONGEST) <= 0;
        if (!isRight) {
            faults.add(new Fault(
                    "ttl",
                    "out_of_range",
                    "ttl says how long the command may wait.",
                    "5s to 30d, such as 10m, 1h or 7d"));
        }
        return time.orElse(USUAL);
    }
}
