package org.caravanhub.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.caravanhub.transfer.SqliteExport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code caravan data export}. */
@Command(
        name = "export",
        description = {
            "Write readings into a file: CSV (one line a value), NDJSON (one line a reading) or SQLite (one row a reading).",
            "The file appears when it is complete; caravan data import reads it.",
            "Example: caravan data export -o 2026-06.sqlite --since 2026-06-01 --until 2026-07-01",
            "Example: caravan data export --format csv --device hut-door --since 7d | gzip > week.csv.gz"
        })
final class DataExport implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file. Without it, standard output.")
    private @Nullable Path output;

    @Option(
            names = "--format",
            paramLabel = "FORM",
            description = "csv, ndjson or sqlite. Without it, as the file's name ends.")
    private @Nullable Format format;

    @Option(names = "--device", paramLabel = "ID", description = "Only this device; may be said several times.")
    private List<String> devices = List.of();

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            converter = When.class,
            description = "Measured at or after: 2026-06-01, 2026-06-01T12:00:00Z, 7d. Without it, from the first on.")
    private When.@Nullable Moment since;

    @Option(names = "--until", paramLabel = "WHEN", converter = When.class, description = "Measured before.")
    private When.@Nullable Moment until;

    @Option(names = "--force", description = "Replace the file if it is there.")
    private boolean force;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress.")
    private boolean quiet;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** What is written. */
    enum Format {
        CSV,
        NDJSON,
        SQLITE
    }

    DataExport(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        Format chosen = format();
        Exporting exporting = new Exporting(
                client.api(here),
                devices,
                since == null ? Instant.EPOCH : since.at(here.clock()),
                until == null ? Exporting.LAST : until.at(here.clock()));
        if (!quiet) {
            exporting.count();
        }
        Path file = output;
        try (Progress progress = new Progress(here, "Exporting", quiet)) {
            if (file == null) {
                exporting.lines(chosen, here.out(), progress);
                here.out().flush();
            } else {
                toFile(file, chosen, exporting, progress);
                progress.close();
                tell(file, exporting.readings(), progress.seconds());
            }
        }
        return ExitCode.OK;
    }

    private void toFile(Path file, Format chosen, Exporting exporting, Progress progress) throws IOException {
        if (Files.exists(file) && !force) {
            throw new CommandFailed(
                    ExitCode.CONFLICT, file + " is there already", "choose another name, or add --force");
        }
        try (PartFile part = new PartFile(file)) {
            if (chosen == Format.SQLITE) {
                try (SqliteExport sqlite = SqliteExport.create(part.part())) {
                    exporting.sqlite(sqlite, progress);
                }
            } else {
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part.part()), 1 << 16)) {
                    exporting.lines(chosen, out, progress);
                }
            }
            part.complete();
        }
    }

    private Format format() {
        String name = output == null ? "" : output.toString().toLowerCase(Locale.ROOT);
        Format chosen = format;
        if (chosen == null) {
            chosen = name.endsWith(".csv")
                    ? Format.CSV
                    : name.endsWith(".ndjson") || name.endsWith(".jsonl")
                            ? Format.NDJSON
                            : name.endsWith(".sqlite") || name.endsWith(".db") ? Format.SQLITE : null;
        }
        if (chosen == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "which format? Say --format csv, ndjson or sqlite, or name the file with that ending");
        }
        if (chosen == Format.SQLITE && output == null) {
            throw new ParameterException(spec.commandLine(), "SQLite needs a file: -o FILE.sqlite");
        }
        return chosen;
    }

    private void tell(Path file, long readings, double seconds) throws IOException {
        long bytes = Files.size(file);
        if (client.json) {
            here.out()
                    .println(String.format(
                            Locale.ROOT, "{\"readings\":%d,\"bytes\":%d,\"seconds\":%.1f}", readings, bytes, seconds));
        } else {
            here.err()
                    .println(String.format(
                            Locale.ROOT,
                            "%,d readings, %,d bytes in %s, %.1f s (%,d/s)",
                            readings,
                            bytes,
                            file,
                            seconds,
                            Math.round(readings / seconds)));
        }
    }
}
