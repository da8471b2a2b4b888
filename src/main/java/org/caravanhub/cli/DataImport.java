package org.caravanhub.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.caravanhub.transfer.ReadingFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan data import}. */
@Command(
        name = "import",
        description = {
            "Give readings back to a hub that caravan data export took from one: CSV, NDJSON or SQLite, packed with gzip or not.",
            "Every file is checked to its end before the first reading is sent. What is there already is only counted, so that an import"
                    + " can be repeated.",
            "Example: caravan data import 2025.csv.gz 2026.sqlite"
        })
final class DataImport implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final Importing importing = new Importing();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of caravan data export; - is standard input.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<String> files;

    DataImport(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        return importing.files(files, ReadingFile::openExport, here);
    }
}
