package org.caravanhub.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.caravanhub.audit.Trail;
import org.caravanhub.flow.Expected;
import org.caravanhub.flow.FlowFile;
import org.caravanhub.flow.FlowPath;
import org.caravanhub.flow.Flows;
import org.caravanhub.flow.Mistake;
import org.caravanhub.flow.Rejected;
import org.caravanhub.flow.Stale;
import org.caravanhub.flow.Unknown;
import org.caravanhub.flow.history.FlowHistory;
import org.caravanhub.flow.history.FlowVersion;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Moment;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;

/**
 * The files of the flows: {@code list-flow-files}, {@code show-flow-file}, {@code save-flow-file}, {@code remove-flow-file}, {@code
 * check-flow-files}, {@code list-flow-versions}, {@code show-flow-version}, {@code restore-flow-file}; and {@code pause-flow}, {@code
 * resume-flow}.
 */
public final class FlowFileApi {
    private static final String YAML = "application/yaml";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Flows flows;
    private final Trail audit;

    /** Answers from these; what was changed is noted there. */
    public FlowFileApi(Flows flows, Trail audit) {
        this.flows = flows;
        this.audit = audit;
    }

    /** Every file and what became of it. */
    public Answer list() {
        List<FlowFile> files = flows.files();
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (FlowFile file : files) {
                FlowFileJson.write(json, file);
            }
            json.writeEndArray();
            json.writeNullField("next_cursor");
            json.writeEndObject();
        });
    }

    /** The file as it is in the folder, or as it runs if it is gone. */
    public Answer show(Question question) {
        String path = path(question);
        FlowFile file = flows.file(path).orElseThrow(() -> Problem.notFound("flow file", path));
        byte[] bytes = asked(path, () -> flows.read(path));
        return Answer.bytes(YAML, bytes).tagged(question, tag(file.found().or(file::running)));
    }

    /** Saves a file and runs it. */
    public Answer save(Question question) {
        String path = path(question);
        Expected expected = expected(question);
        byte[] bytes = question.body();
        FlowFile saved = asked(
                path,
                () -> flows.save(path, bytes, expected, question.principal().name()));
        noted(question, "flow-file/" + path);
        return answer(saved);
    }

    /** Stops the flows of a file for good. */
    public Answer remove(Question question) {
        String path = path(question);
        Expected expected = expected(question);
        asked(path, () -> {
            flows.remove(path, expected, question.principal().name());
            return path;
        });
        noted(question, "flow-file/" + path);
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeStringField("path", path);
            json.writeStringField("state", "removed");
            json.writeEndObject();
        });
    }

    /** What would be wrong with some files. */
    public Answer check(Question question) {
        List<Mistake> mistakes = flows.check(proposed(question.body()));
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeFieldName("errors");
            FlowFileJson.write(json, mistakes);
            json.writeEndObject();
        });
    }

    /** What a file was, newest first. */
    public Answer history(Question question) {
        String path = path(question);
        List<FlowVersion> versions = flows.history().of(path);
        if (versions.isEmpty() && flows.file(path).isEmpty()) {
            throw Problem.notFound("flow file", path);
        }
        Optional<String> running = flows.file(path).flatMap(FlowFile::running);
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (FlowVersion version : versions) {
                json.writeStartObject();
                json.writeNumberField("number", version.number());
                json.writeStringField("version", version.id());
                json.writeStringField("result", version.result().word());
                json.writeStringField("at", Moment.text(version.at()));
                json.writeStringField("by", version.who());
                json.writeNumberField("size", version.size());
                json.writeBooleanField("runs", running.equals(Optional.of(version.id())));
                json.writeArrayFieldStart("mistakes");
                for (String mistake : version.mistakes()) {
                    json.writeString(mistake);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNullField("next_cursor");
            json.writeEndObject();
        });
    }

    /** One version as it was. */
    public Answer showVersion(Question question) {
        String path = path(question);
        long number = question.number("number");
        FlowHistory.Whole version = flows.history()
                .find(path, number)
                .orElseThrow(() -> Problem.notFound("version of " + path + " with the number", Long.toString(number)));
        return Answer.bytes(YAML, version.bytes())
                .tagged(question, tag(Optional.of(version.version().id())));
    }

    /** Writes an earlier version back and runs it. */
    public Answer restore(Question question) {
        String path = path(question);
        Optional<Long> number = question.has("number") ? Optional.of(question.number("number")) : Optional.empty();
        FlowFile restored = asked(
                path, () -> flows.restore(path, number, question.principal().name()));
        noted(question, "flow-file/" + path);
        return answer(restored);
    }

    /** Stops a flow until it is resumed. */
    public Answer pause(Question question) {
        String id = question.word("id");
        asked(id, () -> {
            flows.pause(id, question.principal().name());
            return id;
        });
        noted(question, "flow/" + id);
        return state(id, "paused");
    }

    /** Lets a flow run again. */
    public Answer resume(Question question) {
        String id = question.word("id");
        asked(id, () -> {
            flows.resume(id, question.principal().name());
            return id;
        });
        noted(question, "flow/" + id);
        return state(id, "running");
    }

    /** After it was done: the flows keep their own history, which is true even if this is missing. */
    private void noted(Question question, String subject) {
        audit.note(question.principal().name(), question.operation(), subject, "{}");
    }

    private static Answer state(String id, String state) {
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("state", state);
            json.writeEndObject();
        });
    }

    private static Answer answer(FlowFile file) {
        return Answer.json(json -> FlowFileJson.write(json, file)).with("ETag", tag(file.found()));
    }

    private static String tag(Optional<String> version) {
        return '"' + version.orElse("") + '"';
    }

    /** A file is changed by somebody who has seen it. */
    private static Expected expected(Question question) {
        String tag = question.expectedTag().strip();
        if (tag.equals("*")) {
            return new Expected.Anything();
        }
        if (tag.matches("\"[0-9a-f]{16}\"")) {
            return new Expected.Version(tag.substring(1, 17));
        }
        if (tag.isEmpty() && question.knownTags().strip().equals("*")) {
            return new Expected.Nothing();
        }
        throw Problem.of(
                ProblemCode.PRECONDITION_REQUIRED,
                "Say which version is to be changed: `If-Match` with the `ETag` of GET, or `If-None-Match: *` for a new file.");
    }

    /** Only a name that a flow file may have; nothing else of the disk can be named. */
    private static String path(Question question) {
        String path = question.word("path");
        if (!FlowPath.isAllowed(path)) {
            throw Problem.notFound("flow file", path);
        }
        return path;
    }

    private static Map<String, byte[]> proposed(byte[] body) {
        Map<String, byte[]> files = new TreeMap<>();
        try {
            JsonNode all = JSON.readTree(body).path("files");
            all.fields()
                    .forEachRemaining(file ->
                            files.put(file.getKey(), file.getValue().asText().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            files.clear();
        }
        if (files.isEmpty()) {
            throw Problem.of(
                    ProblemCode.BAD_REQUEST,
                    "The body must be JSON with at least one file: `{\"files\": {\"alert/frost.camel.yaml\": \"- route: ...\"}}`.");
        }
        return files;
    }

    /** What is wrong with a file that somebody wanted to run or to try. */
    static Problem rejected(Rejected e) {
        String more = e.mistakes().size() > 1 ? " And " + (e.mistakes().size() - 1) + " more; see `errors`." : "";
        return new Problem(
                ProblemCode.REJECTED_FLOW,
                e.mistakes().get(0).text() + "." + more + " Nothing was changed.",
                Map.of(),
                json -> {
                    json.writeFieldName("errors");
                    FlowFileJson.write(json, e.mistakes());
                });
    }

    private static <T> T asked(String what, Supplier<T> question) {
        try {
            return question.get();
        } catch (Rejected e) {
            throw rejected(e);
        } catch (Stale e) {
            throw new Problem(
                    ProblemCode.VERSION_CHANGED,
                    "Somebody changed the file meanwhile: it is version "
                            + e.current().orElse("none") + ", not " + e.expected()
                            + ". Look at it, and save again with its `ETag`.",
                    Map.of(),
                    json -> {
                        json.writeStringField("expected_version", e.expected());
                        json.writeStringField("current_version", e.current().orElse(null));
                    });
        } catch (Unknown e) {
            throw Problem.notFound("flow, file or version", what);
        }
    }
}
