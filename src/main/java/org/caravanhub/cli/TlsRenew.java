package org.caravanhub.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.caravanhub.tls.CertificateFolder;
import org.caravanhub.tls.OwnAuthority;
import org.caravanhub.tls.ServerNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan tls renew}. */
@Command(
        name = "renew",
        description = {
            "Make another certificate for the broker, by the same authority: devices need nothing new.",
            "It has the names of the old one, and those and the addresses that this machine has now."
        })
final class TlsRenew implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final TlsOptions where = new TlsOptions();

    @Option(
            names = "--name",
            paramLabel = "HOST",
            description = "A further name or address that devices call the broker by. May be repeated.")
    private List<String> names = List.of();

    TlsRenew(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() {
        TlsInit.checkClock(here);
        CertificateFolder folder = where.existing(here);
        try {
            List<String> more = new ArrayList<>();
            if (Files.exists(folder.server())) { // else init was ended before it came so far
                more.addAll(ServerNames.of(folder.certificate(folder.server())).withoutAddresses());
            }
            more.addAll(names);
            ServerNames all = TlsOptions.and(TlsOptions.ofMachine(TlsInit.host()), more);
            OwnAuthority.renew(folder, all, here.clock().instant());
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "the certificate was not renewed, the old one is as it was: " + e.getMessage(),
                    "");
        }
        TlsShow.print(folder, here);
        here.err()
                .println("Next  sudo install -o mosquitto -m 600 " + folder.server() + " " + folder.serverKey()
                        + " /etc/mosquitto/certs/ && sudo systemctl reload mosquitto");
        return ExitCode.OK;
    }
}
