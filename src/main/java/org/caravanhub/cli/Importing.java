package org.caravanhub.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.caravanhub.reading.Reading;
import org.caravanhub.text.Plain;
import org.caravanhub.transfer.Mistakes;
import org.caravanhub.transfer.Readings;
import org.caravanhub.transfer.Unreadable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What all imports share: files are checked from the first line to the last before the first reading is sent; what is sent goes to the hub, part by
 * part, and each part is answered after its commit; and at the end there is a count.
 */
final class Importing {
    @Mixin
    final ClientOptions client = new ClientOptions();

    @Option(names = "--dry-run", description = "Read and check everything, and send nothing.")
    private boolean dryRun;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress.")
    private boolean quiet;

    /** Opens what is imported. Called once to check and once to send. */
    interface Opener {
        Readings open(Path file, Mistakes mistakes) throws IOException;
    }

    /** Imports files; one mistake in any of them, and nothing is sent. */
    int files(List<String> names, Opener opener, Surroundings here) throws IOException {
        ImportReport report = new ImportReport();
        try (InputFiles files = InputFiles.of(names)) {
            Mistakes mistakes = new Mistakes();
            for (Path file : files.paths()) {
                check(file, opener, mistakes, report, here);
            }
            if (mistakes.count() > 0) {
                mistakes.lines().forEach(line -> here.err().println(Plain.line(line)));
                throw new CommandFailed(
                        ExitCode.INVALID,
                        String.format(Locale.ROOT, "%,d mistakes; nothing was sent", mistakes.count()),
                        "correct them, or take these lines out, and import again");
            }
            for (Path file : dryRun ? List.<Path>of() : files.paths()) {
                try (Readings readings = opener.open(file, mistakes)) {
                    send(readings, report, here);
                }
            }
        }
        report.print(here, client.json, dryRun);
        return report.exitCode();
    }

    /** Imports a database as it is; rows that are no readings are told, and the others sent. */
    int rows(Readings readings, Mistakes mistakes, Surroundings here) throws IOException {
        ImportReport report = new ImportReport();
        if (dryRun) {
            count(readings, "Reading", report, here);
        } else {
            send(readings, report, here);
            report.read = report.sent;
        }
        mistakes.lines().forEach(line -> here.err().println(Plain.line(line)));
        report.refused = mistakes.count();
        report.read += mistakes.count();
        report.print(here, client.json, dryRun);
        return report.exitCode();
    }

    private void check(Path file, Opener opener, Mistakes mistakes, ImportReport report, Surroundings here)
            throws IOException {
        try (Readings readings = opener.open(file, mistakes)) {
            count(readings, "Checking", report, here);
        } catch (Unreadable e) {
            throw new CommandFailed(ExitCode.INVALID, Plain.line(String.valueOf(e.getMessage())), e.next());
        } catch (NoSuchFileException e) {
            throw new CommandFailed(ExitCode.NOT_FOUND, "there is no file " + file, "");
        }
    }

    private void count(Readings readings, String what, ImportReport report, Surroundings here) throws IOException {
        try (Progress progress = new Progress(here, what, quiet)) {
            while (readings.next() != null) {
                report.read++;
                progress.at(readings.position(), readings.size(), report.read);
            }
        }
    }

    private void send(Readings readings, ImportReport report, Surroundings here) throws IOException {
        HubClient hub = client.api(here);
        ImportPart part = new ImportPart();
        try (Progress progress = new Progress(here, "Sending", quiet)) {
            for (@Nullable Reading reading = readings.next(); reading != null; reading = readings.next()) {
                if (!part.takes(reading)) {
                    report.add(part.send(hub));
                    progress.at(readings.position(), readings.size(), report.sent);
                    part.takes(reading);
                }
            }
            report.add(part.send(hub));
        } catch (CommandFailed failed) {
            throw new CommandFailed(
                    failed.exitCode(),
                    String.format(
                            Locale.ROOT,
                            "%s; %,d readings were sent before and are kept",
                            failed.getMessage(),
                            report.sent),
                    failed.next().isEmpty()
                            ? "run the same again: what is there already is only counted"
                            : failed.next() + "; then run the same again: what is there already is only counted");
        }
    }
}
