package org.caravanhub.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.caravanhub.backup.OpenSsh;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan backup trust}. */
@Command(
        name = "trust",
        description = {
            "Pin the key of the machine that is the second place, after somebody has compared its fingerprint.",
            "From then on the hub talks to no other machine that answers by that name."
        })
final class BackupTrust implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private HubFolders options = new HubFolders();

    @Option(
            names = "--fingerprint",
            paramLabel = "SHA256:...",
            description = "Ask nobody: pin the key that has this fingerprint, and no other.")
    @Nullable
    private String wanted;

    BackupTrust(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() {
        OpenSsh ssh = BackupKey.ssh(options, here);
        try {
            return trust(ssh);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, "no key was pinned: " + e.getMessage(), "");
        }
    }

    private int trust(OpenSsh ssh) throws IOException {
        Optional<String> pinned = ssh.pinned();
        for (String line : ssh.scan()) {
            String fingerprint = OpenSsh.fingerprint(line);
            if (wanted != null && !wanted.equals(fingerprint)) {
                continue;
            }
            here.err()
                    .println(ssh.address() + " shows the key " + fingerprint
                            + (pinned.isEmpty()
                                    ? "."
                                    : pinned.get().equals(fingerprint)
                                            ? ", which is pinned already."
                                            : ", and " + pinned.get() + " is pinned."));
            if (wanted == null) {
                here.err().println("On that machine it is shown by: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub");
                if (!isMeant(fingerprint)) {
                    return ExitCode.FAILED;
                }
            }
            ssh.pin(line);
            here.err().println("Pinned.");
            return ExitCode.OK;
        }
        throw new CommandFailed(
                ExitCode.CONFLICT,
                ssh.address() + " shows no key with the fingerprint " + wanted + "; nothing was pinned",
                options.command("backup trust"));
    }

    private boolean isMeant(String fingerprint) throws IOException {
        if (!here.terminal()) {
            here.err()
                    .println("  → if they are the same: "
                            + options.command("backup trust --fingerprint " + fingerprint));
            return false;
        }
        return YesOrNo.ask(here, "Are they the same?");
    }
}
