package org.caravanhub.cli;

import java.util.concurrent.Callable;
import org.caravanhub.backup.Sealing;
import picocli.CommandLine.Command;

/** {@code caravan backup key}. */
@Command(
        name = "key",
        description = {
            "Make a key that backups are encrypted for, and the recovery key that opens them.",
            "The recovery key is shown once and kept nowhere: write it on paper."
        })
final class BackupKey implements Callable<Integer> {
    private final Surroundings here;

    BackupKey(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() {
        Sealing.NewKey key = Sealing.newKey();
        here.out().println("caravan.backup.recipient = " + key.recipient());
        here.out().println("Recovery key: " + key.recovery());
        here.err().println("Write the recovery key on paper, and the line with the recipient into the configuration.");
        here.err().println("Without the paper no encrypted backup can be opened, by anybody.");
        return ExitCode.OK;
    }
}
