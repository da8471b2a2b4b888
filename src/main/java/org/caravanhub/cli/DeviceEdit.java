package org.caravanhub.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code caravan device edit}. */
@Command(
        name = "edit",
        description = {
            "Write down what you know of a device. What is not named stays; \"\" takes away what was there.",
            "Example: caravan device edit emu01 --group sensors --tag galley,2026 --location \"behind the fridge\"",
            "Example: caravan device edit emu01 --interval 5m"
        })
final class DeviceEdit implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "DEVICE", description = "Its id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String device;

    @Option(names = "--name", paramLabel = "NAME", description = "Its name, for people.")
    private @Nullable String name;

    @Option(names = "--group", paramLabel = "GROUP", description = "Devices that are alike.")
    private @Nullable String group;

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            split = ",",
            description = "Its tags, all of them; separated by commas, or said several times.")
    private @Nullable List<String> tags;

    @Option(names = "--location", paramLabel = "TEXT", description = "Where it is.")
    private @Nullable String location;

    @Option(names = "--notes", paramLabel = "TEXT", description = "Whatever else.")
    private @Nullable String notes;

    @Option(names = "--model", paramLabel = "TEXT", description = "What kind of device it is.")
    private @Nullable String model;

    @Option(
            names = "--interval",
            paramLabel = "SPAN",
            description = "How often it speaks: 30s, 5m, 24h; or learn, to learn it from what it says.")
    private @Nullable String interval;

    DeviceEdit(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, String> texts = texts();
        List<String> words = tags;
        String span = interval;
        if (texts.isEmpty() && words == null && span == null) {
            throw new CommandFailed(ExitCode.USAGE, "nothing is to be changed", client.command("device edit --help"));
        }
        Duration every = every(span);
        byte[] body = DevicePatch.send(client, here, device, json -> {
            for (Map.Entry<String, String> text : texts.entrySet()) {
                json.writeStringField(text.getKey(), text.getValue());
            }
            if (words != null) {
                json.writeArrayFieldStart("tags");
                for (String word : words) {
                    if (!word.isBlank()) {
                        json.writeString(word.strip());
                    }
                }
                json.writeEndArray();
            }
            if (span != null && every.isZero()) {
                json.writeNullField("interval_ms");
            } else if (span != null) {
                json.writeNumberField("interval_ms", every.toMillis());
            }
        });
        if (client.json) {
            here.print(body);
        } else {
            here.out().println(device + " is changed.");
        }
        return ExitCode.OK;
    }

    /** Zero to learn it. */
    private static Duration every(@Nullable String span) {
        if (span == null || span.equals("learn")) {
            return Duration.ZERO;
        }
        try {
            return new Span().convert(span);
        } catch (TypeConversionException e) {
            throw new CommandFailed(ExitCode.USAGE, "--interval: " + e.getMessage() + ", or learn", "");
        }
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        put(texts, "name", name);
        put(texts, "group", group);
        put(texts, "location", location);
        put(texts, "notes", notes);
        put(texts, "model", model);
        return texts;
    }

    private static void put(Map<String, String> texts, String field, @Nullable String value) {
        if (value != null) {
            texts.put(field, value);
        }
    }
}
