package org.caravanhub.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.flow.FlowPath;
import org.caravanhub.text.Plain;
import org.caravanhub.text.Quoted;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan flow new}. */
@Command(
        name = "new",
        description = {
            "Begin a flow of one's own with a recipe, and run it. Without a recipe, list them.",
            "A file that is there already is let alone."
        })
final class FlowNew implements Callable<Integer> {
    private static final String RECIPES = "/api/v1/flow-recipes";

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "RECIPE", description = "What to begin with: frost")
    private @Nullable String recipe;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The flow file to make. Default: my/RECIPE.camel.yaml")
    private @Nullable String file;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "The flow's id. Default: the name of the file, or FOLDER-RECIPE if that is the recipe's.")
    private @Nullable String id;

    FlowNew(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = client.api(here).orNext(client.command("flow new"));
        return recipe == null ? list(api) : make(api, recipe);
    }

    private int list(HubClient api) throws IOException {
        byte[] body = api.get(RECIPES, Map.of());
        if (client.json) {
            return print(body);
        }
        Table table = new Table().left("recipe").left("needs").left("what it does");
        for (Json one : Json.parse(body).member("items").items()) {
            table.row(List.of(
                    Table.Cell.of(one.textOrEmpty("name")),
                    Table.Cell.of(String.join(", ", needs(one))),
                    Table.Cell.of(one.textOrEmpty("description"))));
        }
        table.print(here, client.style(here));
        next(client.command("flow new RECIPE"));
        return ExitCode.OK;
    }

    /** What somebody has to set. */
    private static List<String> needs(Json recipe) {
        List<String> needs = new ArrayList<>();
        recipe.member("settings").items().stream()
                .filter(setting -> setting.text("default").isEmpty())
                .forEach(setting -> needs.add(setting.textOrEmpty("key")));
        recipe.member("secrets").items().forEach(secret -> needs.add("{{secret:" + secret + "}}"));
        return needs;
    }

    private int make(HubClient api, String name) throws IOException {
        FlowTarget target = target(name);
        String folder = target.folder().isEmpty() ? "my" : target.folder();
        String wanted = id != null ? id : target.stem().equals(name) ? folder + "-" + name : target.stem();
        Json flow = api.json(
                RECIPES + "/" + HubClient.encoded(name),
                // So the hub tells what is wrong with the name, and not with an id that nobody asked for.
                wanted.equals("my-" + name) ? Map.of() : Map.of("id", wanted));
        byte[] text = flow.textOrEmpty("text").getBytes(StandardCharsets.UTF_8);
        byte[] saved;
        try {
            saved = api.putNew(target.resource(), "application/yaml", text);
        } catch (CommandFailed refused) {
            throw explained(refused, api, name, target, flow.textOrEmpty("text"));
        }
        if (client.json) {
            return print(saved);
        }
        here.out().println(Plain.line(target.path() + " is made, and its flow " + wanted + " runs."));
        for (Json setting : flow.member("settings").items()) {
            String key = setting.textOrEmpty("key");
            String told = setting.text("default")
                    .map(value -> "  it reads " + key + ", which is " + value + " if it is not set")
                    .orElse("  it needs " + key + " in the configuration");
            here.err().println(Plain.line(told));
        }
        next(client.command("flow show " + wanted));
        next("edit " + shown(target));
        return ExitCode.OK;
    }

    private FlowTarget target(String name) {
        FlowTarget target = FlowTarget.ofNew(
                file == null ? "my/" + name : file, client.settings(here).routes());
        if (target.path().startsWith("optional/")) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "what is in optional/ runs only when caravan.flows.optional names it",
                    client.command("flow new " + Plain.line(name) + " my/" + target.stem()));
        }
        // Without a file, the name of the recipe is what is wrong, and the hub knows the nearest.
        if (file != null && !FlowPath.isAllowed(target.path())) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "a flow file cannot be called " + Quoted.of(target.path()),
                    "use a-z, 0-9 and -, at most three folders, and the ending .camel.yaml");
        }
        return target;
    }

    private CommandFailed explained(CommandFailed refused, HubClient api, String name, FlowTarget target, String text)
            throws IOException {
        String again = "flow new " + Plain.line(name) + " ";
        String place = target.path().replace(".camel.yaml", "");
        if (refused.exitCode() == ExitCode.CONFLICT) {
            return new CommandFailed(
                    ExitCode.CONFLICT,
                    "there is a flow file " + target.path() + " already; it was let alone",
                    "edit that, or: "
                            + client.command(again + place + "-2" + (id == null ? "" : " --id " + Plain.line(id))));
        }
        if (refused.exitCode() != ExitCode.INVALID) {
            return refused;
        }
        List<Json> mistakes = mistakes(api, target, text);
        if (mistakes.isEmpty()) {
            return refused;
        }
        boolean isTaken = false;
        for (Json mistake : mistakes) {
            here.out().println(Plain.line(FlowMistake.text(mistake)));
            here.out().println("  " + Plain.line(mistake.textOrEmpty("excerpt").strip()));
            isTaken |= mistake.textOrEmpty("code").equals("duplicate_id");
        }
        return new CommandFailed(
                ExitCode.INVALID,
                isTaken ? "the id is taken; nothing was written" : "something is missing; nothing was written",
                isTaken
                        ? client.command(again + place + " --id ANOTHER")
                        : "a secret is a line of secrets.properties in the data folder, a setting one of caravan.properties;"
                                + " then the same again");
    }

    private static List<Json> mistakes(HubClient api, FlowTarget target, String text) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(body)) {
            json.writeStartObject();
            json.writeObjectFieldStart("files");
            json.writeStringField(target.path(), text);
            json.writeEndObject();
            json.writeEndObject();
        }
        return api.post("/api/v1/flow-files:check", "application/json", body.toByteArray())
                .member("errors")
                .items();
    }

    /** As an editor can open it from here, if it is on this machine. */
    private String shown(FlowTarget target) {
        Path whole = client.settings(here).routes().toAbsolutePath().normalize().resolve(target.path());
        Path from = Path.of("").toAbsolutePath();
        return Files.exists(whole)
                ? (whole.startsWith(from) ? from.relativize(whole) : whole).toString()
                : target.path() + " in the folder of flows";
    }

    private int print(byte[] body) throws IOException {
        here.print(body);
        return ExitCode.OK;
    }

    private void next(String command) {
        client.hint(here, command);
    }
}
