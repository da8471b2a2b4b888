package org.caravanhub.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan device import}. */
@Command(
        name = "import",
        description = {
            "Register the devices of a file (CSV, as `device export` writes it): all of them, or none if one line is wrong.",
            "Example: caravan device import devices.csv --dry-run"
        })
final class DeviceImport implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "FILE", description = "The file; - for standard input.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String file;

    @Option(names = "--dry-run", description = "Only say what would come of it.")
    private boolean dryRun;

    @Option(
            names = "--update",
            description = "Change devices that are registered already; without it they are a mistake.")
    private boolean update;

    DeviceImport(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("dry_run", Boolean.toString(dryRun));
        query.put("on_conflict", update ? "update" : "refuse");
        byte[] body;
        try (InputFiles files = InputFiles.of(List.of(file))) {
            Path path = files.paths().get(0);
            body = client.api(here).postForBytes("/api/v1/devices:import", query, "text/csv", Files.readAllBytes(path));
        }
        if (client.json) {
            here.print(body);
            return ExitCode.OK;
        }
        Json answer = Json.parse(body);
        here.out()
                .println(answer.number("devices") + " devices: " + answer.number("made") + (dryRun ? " would be" : "")
                        + " registered, " + answer.number("changed") + " changed, " + answer.number("same")
                        + " as they were.");
        return ExitCode.OK;
    }
}
