package org.caravanhub.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.caravanhub.backup.OpenSsh;
import org.caravanhub.backup.Sealing;
import org.caravanhub.text.QrText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan backup key}. */
@Command(
        name = "key",
        description = {
            "Make a key that backups are encrypted for, and the recovery key that opens them.",
            "The recovery key is shown once and kept nowhere: write it on paper.",
            "With --sftp: the key by which the hub logs in at the second place."
        })
final class BackupKey implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private HubFolders options = new HubFolders();

    @Option(
            names = "--sftp",
            description =
                    "Show the hub's own key for the second place on another machine, and make it if there is none.")
    private boolean sftp;

    @Option(names = "--no-qr", description = "Show no picture of the recovery key.")
    private boolean noQr;

    BackupKey(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() {
        if (sftp) {
            return sftp();
        }
        Sealing.NewKey key = Sealing.newKey();
        here.out().println("caravan.backup.recipient = " + key.recipient());
        here.out().println("Recovery key: " + key.recovery());
        if (here.terminal() && !noQr) {
            here.out().println();
            here.out().print(QrText.of(key.recovery(), here.unicode()));
        }
        here.err().println("Write the recovery key on paper, and the line with the recipient into the configuration.");
        here.err().println("Without the paper no encrypted backup can be opened, by anybody.");
        return ExitCode.OK;
    }

    private int sftp() {
        OpenSsh ssh = ssh(options, here);
        try {
            String key = ssh.publicKey("caravan-backup");
            here.err()
                    .println("On " + ssh.address().host() + ", add this line to ~"
                            + ssh.address().user() + "/.ssh/authorized_keys:");
            here.out().println("restrict,command=\"internal-sftp\" " + key);
            here.err()
                    .println(
                            ssh.pinned().isPresent()
                                    ? "  → " + options.command("backup now")
                                    : "  → " + options.command("backup trust") + ", and then: "
                                            + options.command("backup now"));
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, "there is no key: " + e.getMessage(), "");
        }
    }

    /** The way to the second place, which must be on another machine. */
    static OpenSsh ssh(HubFolders options, Surroundings here) {
        return options.wiring(here)
                .ssh()
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.NOT_FOUND,
                        "the second place is not on another machine",
                        "caravan.backup.second = sftp://user@host/path in the configuration"));
    }
}
