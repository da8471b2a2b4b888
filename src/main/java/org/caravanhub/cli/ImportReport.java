package org.caravanhub.cli;

import java.util.Locale;

/** What became of an import. */
final class ImportReport {
    private final long start = System.nanoTime();
    /** Rows or lines that were looked at. */
    long read;

    long sent;
    /** Those that are no readings, and were left out. */
    long refused;

    private long stored;
    private long duplicate;
    private long quarantined;

    /** Adds what the hub said about a part. */
    void add(Json receipt) {
        sent += receipt.number("received");
        stored += receipt.number("stored");
        duplicate += receipt.number("duplicate");
        quarantined += receipt.number("quarantined");
    }

    /** {@link ExitCode#PARTLY_DONE} if something was left out. */
    int exitCode() {
        return refused + quarantined > 0 ? ExitCode.PARTLY_DONE : ExitCode.OK;
    }

    /** To standard output. */
    void print(Surroundings here, boolean asJson, boolean dryRun) {
        double seconds = (System.nanoTime() - start) / 1e9;
        if (asJson) {
            here.out()
                    .println(String.format(
                            Locale.ROOT,
                            "{\"read\":%d,\"sent\":%d,\"stored\":%d,\"duplicate\":%d,\"quarantined\":%d,\"refused\":%d,"
                                    + "\"seconds\":%.1f}",
                            read,
                            sent,
                            stored,
                            duplicate,
                            quarantined,
                            refused,
                            seconds));
        } else if (dryRun) {
            here.out()
                    .println(String.format(
                            Locale.ROOT,
                            "%,d readings are right, %,d are refused; nothing was sent.",
                            read - refused,
                            refused));
        } else {
            here.out()
                    .println(String.format(
                            Locale.ROOT,
                            "%,d read = %,d stored + %,d there already + %,d quarantined + %,d refused, in %.1f s (%,d/s)",
                            read,
                            stored,
                            duplicate,
                            quarantined,
                            refused,
                            seconds,
                            Math.round(read / seconds)));
        }
    }
}
