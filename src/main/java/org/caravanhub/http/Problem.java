package org.caravanhub.http;

import java.util.List;
import java.util.Map;
import org.caravanhub.exchange.Refusal;
import org.caravanhub.text.Hidden;
import org.caravanhub.text.Quoted;

/**
 * A request that cannot be answered, with what its sender can do about it. Answered as {@code application/problem+json}, see
 * {@code docs/reference/errors.md}. Everything else that is thrown is answered as {@link ProblemCode#INTERNAL}, and its detail
 * goes to the log.
 */
public final class Problem extends RuntimeException implements Refusal {
    private static final long serialVersionUID = 1;

    private final ProblemCode code;
    private final transient List<Fault> faults;
    private final transient Map<String, String> headers;
    private final transient Json.Body more;

    /**
     * A problem with its details.
     *
     * @param detail what happened, why, and what to do now
     * @param faults the single mistakes, if there may be several
     * @param headers what HTTP wants beside it: {@code Allow}, {@code Retry-After}
     */
    public Problem(ProblemCode code, String detail, List<Fault> faults, Map<String, String> headers) {
        this(code, detail, faults, headers, json -> {});
    }

    /**
     * A problem with members of its own.
     *
     * @param more writes them
     */
    public Problem(ProblemCode code, String detail, Map<String, String> headers, Json.Body more) {
        this(code, detail, List.of(), headers, more);
    }

    private Problem(ProblemCode code, String detail, List<Fault> faults, Map<String, String> headers, Json.Body more) {
        super(Hidden.in(detail), null, false, false);
        this.code = code;
        this.faults = List.copyOf(faults);
        this.headers = Map.copyOf(headers);
        this.more = more;
    }

    /** A problem that one sentence explains. */
    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code, detail, List.of(), Map.of());
    }

    /** A problem that goes away by itself. */
    public static Problem retry(ProblemCode code, String detail, int afterSeconds) {
        return new Problem(code, detail, List.of(), Map.of("Retry-After", Integer.toString(afterSeconds)));
    }

    /** Nothing has this id. */
    public static Problem notFound(String what, String id) {
        return of(ProblemCode.NOT_FOUND, "There is no " + what + " " + Quoted.of(id) + ".");
    }

    /** Parameters that are wrong. */
    public static Problem parameters(List<Fault> faults) {
        return parameters(ProblemCode.INVALID_PARAMETER, faults);
    }

    /** Parts of a request that are wrong, in the words of this code. */
    public static Problem parameters(ProblemCode code, List<Fault> faults) {
        return new Problem(
                code,
                faults.size() == 1 ? faults.get(0).message() : faults.size() + " parameters are wrong; see `errors`.",
                faults,
                Map.of());
    }

    @Override
    public boolean isForWhoAsked() {
        return code.status() < 500;
    }

    /** Which way it failed. */
    public ProblemCode code() {
        return code;
    }

    /** The single mistakes; often none. */
    public List<Fault> faults() {
        return faults;
    }

    /** Headers that go with the answer. */
    public Map<String, String> headers() {
        return headers;
    }

    /** What happened, why, and what to do now. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /**
     * The answer's body.
     *
     * @param path what was asked for, without its query
     * @param requestId the id that the log has too
     */
    public byte[] json(String path, String requestId) {
        return Json.of(json -> {
            json.writeStartObject();
            json.writeStringField("type", "/docs/errors/" + code.word());
            json.writeStringField("title", code.title());
            json.writeNumberField("status", code.status());
            json.writeStringField("detail", detail());
            json.writeStringField("instance", path);
            json.writeStringField("code", code.word());
            json.writeStringField("request_id", requestId);
            if (!faults.isEmpty()) {
                json.writeArrayFieldStart("errors");
                for (Fault fault : faults) {
                    json.writeStartObject();
                    writeUnlessEmpty(json, "parameter", fault.parameter());
                    json.writeStringField("code", fault.code());
                    json.writeStringField("message", fault.message());
                    writeUnlessEmpty(json, "hint", fault.hint());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            more.write(json);
            json.writeEndObject();
        });
    }

    private static void writeUnlessEmpty(com.fasterxml.jackson.core.JsonGenerator json, String name, String value)
            throws java.io.IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }
}
