package org.caravanhub.http;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that was signed in and checked against the contract: what the routes of the API work with. Nothing else of the request
 * reaches them.
 *
 * @param operation the id of the operation
 * @param path what was asked for, without its query
 * @param parameters the values by name, as the contract reads them
 * @param principal who asks
 * @param way how the request came
 * @param knownTags what {@code If-None-Match} says; empty if there is none
 * @param expectedTag what {@code If-Match} says; empty if there is none
 * @param requestId the id that the log and the answer have too
 * @param body the body's bytes; empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Question(
        String operation,
        String path,
        Map<String, Object> parameters,
        Principal principal,
        Way way,
        String knownTags,
        String expectedTag,
        String requestId,
        byte[] body) {

    /**
     * How a request came.
     *
     * @param host by which name or address the hub was asked, with the port if it was said
     * @param address where it comes from
     */
    public record Way(String host, String address) {}

    /** A word or a text. */
    public Optional<String> text(String name) {
        return Optional.ofNullable((String) parameters.get(name));
    }

    /** A whole number that is required or has a default. */
    public long number(String name) {
        return (Long) required(name);
    }

    /** A moment. */
    public Optional<Instant> moment(String name) {
        return Optional.ofNullable((Instant) parameters.get(name));
    }

    /** Several words; none if it was left out. */
    @SuppressWarnings("unchecked") // the contract reads what it says
    public List<String> words(String name) {
        return (List<String>) parameters.getOrDefault(name, List.of());
    }

    /** Several whole numbers; none if it was left out. */
    @SuppressWarnings("unchecked") // the contract reads what it says
    public List<Long> numbers(String name) {
        return (List<Long>) parameters.getOrDefault(name, List.of());
    }

    /** A word or text that is required or has a default. */
    public String word(String name) {
        return (String) required(name);
    }

    /** Whether something was said about it; a default counts. */
    public boolean has(String name) {
        return parameters.containsKey(name);
    }

    /** The same with a body. */
    public Question with(byte[] bytes) {
        return new Question(operation, path, parameters, principal, way, knownTags, expectedTag, requestId, bytes);
    }

    /** Another question of the same asker to an operation that only reads, with these values, which nobody has checked. */
    public Question instead(Map<String, Object> values) {
        return new Question(operation, path, Map.copyOf(values), principal, way, "", "", requestId, new byte[0]);
    }

    /**
     * The version that is to be changed, as {@code If-Match} says it; empty for whichever there is. Who changes something has seen it.
     *
     * @param named where the client finds it, for the sentence that asks for it: {@code `ETag` of GET}
     * @throws Problem if it does not say one
     */
    public Optional<String> expectedVersion(String named) {
        String tag = expectedTag.strip();
        if (tag.equals("*")) {
            return Optional.empty();
        }
        if (tag.length() > 2 && tag.startsWith("\"") && tag.endsWith("\"")) {
            return Optional.of(tag.substring(1, tag.length() - 1));
        }
        throw Problem.of(
                ProblemCode.PRECONDITION_REQUIRED,
                "Say which version is to be changed: `If-Match` with the " + named
                        + ", or `*` for whichever there is.");
    }

    /** Whether the client has the version with this entity tag. */
    boolean knows(String tag) {
        return knownTags.strip().equals("*") || knownTags.contains(tag);
    }

    private Object required(String name) {
        Object value = parameters.get(name);
        if (value == null) {
            throw new IllegalStateException("openapi.yaml: " + operation + " has no " + name);
        }
        return value;
    }
}
