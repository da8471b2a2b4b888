package org.caravanhub.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan device export}. */
@Command(
        name = "export",
        description = {
            "Write the registered devices as CSV, which `device import` reads. There are no secrets in it.",
            "Example: caravan device export -o devices.csv"
        })
final class DeviceExport implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file. Without it, standard output.")
    private @Nullable Path output;

    @Option(names = "--all", description = "Devices that were only heard, too.")
    private boolean all;

    @Option(names = "--force", description = "Replace the file if it is there.")
    private boolean force;

    DeviceExport(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("format", "csv");
        if (!all) {
            query.put("registered", "true");
        }
        byte[] csv = client.api(here).get("/api/v1/devices", query);
        Path file = output;
        if (file == null) {
            here.out().write(csv);
            here.out().flush();
            return ExitCode.OK;
        }
        if (Files.exists(file) && !force) {
            throw new CommandFailed(
                    ExitCode.CONFLICT, file + " is there already", "choose another name, or add --force");
        }
        try (PartFile part = new PartFile(file)) {
            Files.write(part.part(), csv);
            part.complete();
        }
        here.out().println(file + " is written.");
        return ExitCode.OK;
    }
}
