package org.caravanhub.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.caravanhub.tls.CertificateFolder;
import org.caravanhub.tls.OwnAuthority;
import org.caravanhub.tls.ServerNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan tls init}. */
@Command(
        name = "init",
        description = {
            "Make an authority of your own, and a certificate for the broker with the names and addresses of this machine.",
            "Devices are given the authority once; the certificate can be renewed without them."
        })
final class TlsInit implements Callable<Integer> {
    /** A clock that shows an earlier time is wrong, and would make certificates that have ended. */
    private static final Instant NOT_BEFORE = Instant.parse("2026-01-01T00:00:00Z");

    private final Surroundings here;

    @Mixin
    private final TlsOptions where = new TlsOptions();

    @Option(
            names = "--name",
            paramLabel = "HOST",
            description = "A further name or address that devices call the broker by. May be repeated.")
    private List<String> names = List.of();

    TlsInit(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() {
        checkClock(here);
        CertificateFolder folder = where.folder(here);
        if (folder.hasAuthority()) {
            throw new CommandFailed(
                    ExitCode.CONFLICT,
                    folder.path() + " has an authority already, which devices may trust",
                    where.command("tls renew"));
        }
        String host = host();
        ServerNames all = TlsOptions.and(TlsOptions.ofMachine(host), names);
        try {
            OwnAuthority.make(folder, host, all);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, "no certificates were made: " + e.getMessage(), "");
        }
        TlsShow.print(folder, here);
        here.err().println("Next");
        here.err()
                .println("  for devices      " + folder.authority() + ", or in C " + folder.authorityHeader()
                        + "; both may be read by everybody");
        here.err()
                .println(
                        "  for its own      start the hub again: its embedded Mosquitto listens on caravan.mqtt.tls.port, 8883, too");
        here.err()
                .println("  for Mosquitto    sudo install -o mosquitto -m 600 " + folder.server() + " "
                        + folder.serverKey() + " /etc/mosquitto/certs/");
        here.err()
                .println("  for the hub      CARAVAN_MQTT_URL=ssl://" + host + ":8883 CARAVAN_MQTT_CA="
                        + folder.authority());
        here.err()
                .println("  keep safe        " + folder.authorityKey()
                        + ": whoever has it can pass for the broker; a copy elsewhere saves visiting every device");
        return ExitCode.OK;
    }

    static void checkClock(Surroundings here) {
        if (here.clock().instant().isBefore(NOT_BEFORE)) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "the clock of this machine shows " + here.clock().instant() + ", and certificates hold for a time",
                    "date -s ...");
        }
    }

    static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
