package org.caravanhub.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan flow test}. */
@Command(
        name = "test",
        description = {
            "Try a message on a flow: what each step does, and the rows that would be written.",
            "Decisions are really made; nothing is kept, sent or asked. Exits with 6 if it would fail or be set aside."
        })
final class FlowTest implements Callable<Integer> {
    private static final Pattern MQTT_TOPIC = Pattern.compile("^mqtt:(?://)?([^?]*)");

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "ID", description = "The flow's id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String id;

    @Option(
            names = {"-m", "--message"},
            required = true,
            paramLabel = "TEXT|@FILE",
            description = "The payload, or the file that it is in.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String message;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "The topic that it comes on; not needed if the flow reads one only.")
    private @Nullable String topic;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "When it is received, as 2026-06-01T12:00:00Z. Default: now.")
    private @Nullable String at;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Try the flow as it is in this file, instead of as it runs.")
    private @Nullable Path file;

    FlowTest(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = client.api(here).orNext(client.command("flow list"));
        byte[] question = question(topic != null ? topic : topicOf(api));
        byte[] body =
                api.postForBytes("/api/v1/flows/" + HubClient.encoded(id) + "/test", "application/json", question);
        Json result = Json.parse(body);
        if (client.json) {
            here.print(body);
        } else {
            print(result, client.style(here));
        }
        return result.textOrEmpty("passes").equals("true") ? ExitCode.OK : ExitCode.INVALID;
    }

    /** A filter without wildcards is a topic. */
    private String topicOf(HubClient api) {
        if (file != null) {
            return "";
        }
        String begins =
                api.json("/api/v1/flows/" + HubClient.encoded(id), Map.of()).textOrEmpty("begins");
        var filter = MQTT_TOPIC.matcher(begins);
        if (!filter.find()) {
            return "";
        }
        String read = filter.group(1);
        if (read.isEmpty() || read.contains("+") || read.contains("#") || read.contains(",")) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "the flow " + Plain.line(id) + " reads more than one topic (" + Plain.line(read) + ")",
                    client.command("flow test " + Plain.line(id)) + " -m ... --topic van/heater/data");
        }
        return read;
    }

    private byte[] question(String on) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("topic", on);
            json.writeStringField("payload_base64", Base64.getEncoder().encodeToString(payload()));
            if (at != null) {
                json.writeStringField("received_at", at);
            }
            if (file != null) {
                json.writeStringField("file", new String(read(file), StandardCharsets.UTF_8));
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private byte[] payload() {
        return message.startsWith("@") ? read(Path.of(message.substring(1))) : message.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] read(Path from) {
        try {
            return Files.readAllBytes(from);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.NOT_FOUND, "the file " + from + " cannot be read", "");
        }
    }

    private void print(Json result, Style style) {
        Table steps = new Table().right("line").left("step").right("took").left("result");
        FlowTree tree = new FlowTree(here, style);
        for (Json step : result.member("steps").items()) {
            steps.row(List.of(
                    Table.Cell.of(step.textOrEmpty("line")),
                    Table.Cell.of(step.textOrEmpty("id")),
                    new Table.Cell(step.textOrEmpty("took_us"), tree.time(step.number("took_us"))),
                    Table.Cell.of(step.text("error")
                            .map(error -> "failed: " + error)
                            .or(() -> step.text("instead"))
                            .orElse(step.textOrEmpty("body")))));
        }
        steps.print(here, style);
        here.out().println();
        for (Json row : result.member("kept").items()) {
            here.out().println("would write to " + Plain.line(row.textOrEmpty("table")) + ": " + Plain.line(row(row)));
        }
        boolean passes = result.textOrEmpty("passes").equals("true");
        String verdict = passes
                ? style.good(style.symbol("✓", "ok") + " passes")
                : style.bad(style.symbol("✗", "x") + " fails")
                        + result.text("failure")
                                .map(why -> ": " + Plain.line(why))
                                .orElse(": it would be set aside");
        here.out().println(verdict + ". Nothing was kept or sent.");
    }

    private static String row(Json row) {
        List<String> members = new ArrayList<>();
        row.members().forEach((name, value) -> {
            if (!name.equals("table") && !value.isEmpty() && !value.equals("[]") && !value.equals("null")) {
                members.add(name + "=" + value);
            }
        });
        return String.join("  ", members);
    }
}
