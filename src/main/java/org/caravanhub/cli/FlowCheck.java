package org.caravanhub.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.FlowsAtRest;
import org.caravanhub.flow.Mistake;
import org.caravanhub.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code caravan flow check}. */
@Command(name = "check", description = "Say what is wrong with flow files, without a hub and without running them.")
final class FlowCheck implements Callable<Integer> {
    private final Surroundings here;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--json", description = "Answer with the mistakes as JSON.")
    private boolean json;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "The files; all of the folder of flows if there are none.")
    private List<Path> files = List.of();

    FlowCheck(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        Settings settings = HubOptions.settings(spec, here, Map.of());
        List<Path> named =
                files.stream().map(file -> found(file, settings.routes())).toList();
        FlowsAtRest.Result result = check(settings, named);
        if (json) {
            print(result.mistakes());
        } else {
            for (Mistake mistake : result.mistakes()) {
                MistakeText.lines(mistake, shown(settings.routes(), mistake)).forEach(here.out()::println);
            }
        }
        if (result.mistakes().isEmpty()) {
            here.err().println(result.flows() + " flows in " + count(result.files(), "file") + " are right.");
            return ExitCode.OK;
        }
        long wrong = result.mistakes().stream().map(Mistake::file).distinct().count();
        here.err().println(count(result.mistakes().size(), "mistake") + " in " + count(wrong, "file") + ".");
        return ExitCode.INVALID;
    }

    /** A file by its path, or as the hub names it: below its folder of flows, wherever one is. */
    private static Path found(Path file, Path routes) {
        if (Files.isRegularFile(file)) {
            return file;
        }
        Path there = routes.resolve(file);
        if (Files.isRegularFile(there)) {
            return there;
        }
        throw new CommandFailed(ExitCode.NOT_FOUND, "there is no file " + file + ", nor one in " + routes, "");
    }

    private static FlowsAtRest.Result check(Settings settings, List<Path> named) {
        try {
            return FlowsAtRest.check(settings, named);
        } catch (UncheckedIOException e) {
            throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()), "");
        }
    }

    /** As an editor can open it from here. */
    private static String shown(Path folder, Mistake mistake) {
        Path file = Path.of(mistake.file());
        Path whole =
                file.isAbsolute() ? file : folder.toAbsolutePath().normalize().resolve(file);
        Path from = Path.of("").toAbsolutePath();
        return Files.exists(whole)
                ? (whole.startsWith(from) ? from.relativize(whole) : whole).toString()
                : mistake.file();
    }

    private void print(List<Mistake> mistakes) throws IOException {
        try (JsonGenerator out =
                new JsonFactory().createGenerator(here.out()).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            out.writeStartArray();
            for (Mistake mistake : mistakes) {
                out.writeStartObject();
                out.writeStringField("file", mistake.file());
                out.writeNumberField("line", mistake.line());
                out.writeNumberField("column", mistake.column());
                out.writeStringField("code", mistake.code().word());
                out.writeStringField("message", mistake.message());
                out.writeStringField("hint", mistake.hint());
                out.writeStringField("excerpt", mistake.excerpt());
                out.writeStringField("page", mistake.code().page());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        here.out().println();
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
