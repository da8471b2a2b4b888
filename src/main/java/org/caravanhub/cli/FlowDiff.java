package org.caravanhub.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan flow diff}. */
@Command(
        name = "diff",
        description = {
            "Show what two versions of a flow file differ in.",
            "Without a version, from the last one that ran to what is in the file. Works with the hub down, too."
        })
final class FlowDiff implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(
            index = "0",
            paramLabel = "FILE[@N]",
            description = "The flow file, and the version to begin with: alert/frost.camel.yaml@3")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String from;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE[@N]",
            description = "The version to end with. Default: what is in the file.")
    private @Nullable String to;

    FlowDiff(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        FlowPast past = FlowPast.of(client, here);
        FlowTarget first = target(from);
        FlowTarget second = to == null ? new FlowTarget(first.path(), Optional.empty()) : target(to);
        FlowPast.Version begin = version(past, first);
        String before = past.text(first, begin.number());
        String after =
                second.number().isPresent() ? past.text(second, second.number().get()) : past.textNow(second);
        List<String> lines = UnifiedDiff.of(
                first.path() + "@" + begin.number(),
                second.path() + second.number().map(number -> "@" + number).orElse(""),
                before,
                after);
        if (lines.isEmpty()) {
            here.err().println("No difference.");
        }
        Style style = client.style(here);
        lines.forEach(line -> here.out().println(colored(Plain.line(line), style)));
        return ExitCode.OK;
    }

    private FlowTarget target(String written) {
        return FlowTarget.of(written, client.settings(here).routes());
    }

    private static FlowPast.Version version(FlowPast past, FlowTarget file) {
        return past.versions(file).stream()
                .filter(version -> file.number().isPresent()
                        ? version.number() == file.number().get()
                        : version.isGood())
                .findFirst()
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.NOT_FOUND,
                        Plain.line(file.path())
                                + file.number()
                                        .map(number -> " has no version " + number)
                                        .orElse(" never ran"),
                        "caravan flow history " + Plain.line(file.path())));
    }

    private static String colored(String line, Style style) {
        if (line.startsWith("+++") || line.startsWith("---")) {
            return style.bold(line);
        }
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '+' -> style.good(line);
            case '-' -> style.bad(line);
            case '@' -> style.faint(line);
            default -> line;
        };
    }
}
