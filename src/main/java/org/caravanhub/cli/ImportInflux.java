package org.caravanhub.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.caravanhub.transfer.InfluxPrecision;
import org.caravanhub.transfer.ReadingFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan import influx}. */
@Command(
        name = "influx",
        description = {
            "Import what InfluxDB exported: line protocol, or annotated CSV of influx query --raw, packed with gzip or not.",
            "Every file is checked to its end before the first reading is sent. What is there already is only counted.",
            "Example: caravan import influx telemetry.lp.gz"
        })
final class ImportInflux implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final Importing importing = new Importing();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of InfluxDB; - is standard input.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<String> files;

    @Option(
            names = "--precision",
            paramLabel = "UNIT",
            description = "What times in line protocol count: ns, us, ms or s. Default: ns")
    private InfluxPrecision precision = InfluxPrecision.NS;

    ImportInflux(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        return importing.files(files, (file, mistakes) -> ReadingFile.openInflux(file, precision, mistakes), here);
    }
}
