package org.caravanhub.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.caravanhub.settings.LanAddresses;
import org.jspecify.annotations.Nullable;

/**
 * What a person is told when the hub has started: where it is, and how to get in. For the journal it is the same without the token.
 *
 * @param version of Caravan
 * @param data the data folder
 * @param startedIn from the beginning of the process until everything ran
 * @param httpHost where API and pages listen, as it is set
 * @param httpPort the port they really listen on
 * @param broker what devices connect to, for a person: {@code mosquitto 2.0.11, port 1883}, {@code tcp://192.168.1.5:1883}
 * @param devices for a person, what is known of devices: {@code 3 emulated}; empty for nothing
 * @param flows how many flows run, and where they are
 * @param tokenFile the file with the admin token
 * @param token the admin token, shown on a terminal only
 */
public record Banner(
        String version,
        Path data,
        Duration startedIn,
        String httpHost,
        int httpPort,
        String broker,
        String devices,
        String flows,
        Path tokenFile,
        @Nullable String token) {

    /** Writes it to standard error; what the launcher said decides whether that is a terminal. */
    public void print() {
        Surroundings here = Surroundings.ofProcess();
        print(here.err(), here.errTerminal(), LanAddresses.ofMachine());
    }

    void print(PrintStream err, boolean terminal, List<LanAddresses.Address> lan) {
        String ready = String.format(Locale.ROOT, "%.1f s", startedIn.toMillis() / 1000.0);
        err.println();
        err.println("  caravan " + version + "   data " + data + "   Java "
                + Runtime.version().feature() + "   started in " + ready);
        err.println();
        String label = "Open     ";
        for (String url : urls(lan)) {
            err.println("  " + label + url);
            label = "         ";
        }
        err.println("  Token    " + tokenFile + (token != null && terminal ? "   " + token : ""));
        err.println("  MQTT     " + broker + (devices.isEmpty() ? "" : "   " + devices));
        err.println("  Flows    " + flows);
        err.println("  API      /api/v1, described in /api/v1/openapi.yaml");
        err.println();
        err.println("  Next     " + command() + " status" + options() + "   (in another terminal; Ctrl-C stops)");
        err.println();
    }

    /** How the program was called: {@code ./caravan} in a checkout. */
    private static String command() {
        return System.getProperty("caravan.command", "caravan");
    }

    /** Which hub, for a command on this machine: nothing for the usual one. */
    private String options() {
        return (data.normalize().equals(Path.of("data")) ? "" : " --data " + data)
                + (httpPort == 8080 ? "" : " --http-port " + httpPort);
    }

    private List<String> urls(List<LanAddresses.Address> lan) {
        boolean every = httpHost.equals("0.0.0.0") || httpHost.equals("::");
        if (!every) {
            return List.of(url(httpHost));
        }
        if (lan.isEmpty()) {
            return List.of(url("127.0.0.1") + "   this machine only: it has no network");
        }
        return lan.stream()
                .map(address -> url(address.host()) + "   " + address.networkInterface())
                .toList();
    }

    private String url(String host) {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + httpPort;
    }

    /** Says nothing of the token, so that no log does. */
    @Override
    public String toString() {
        return "Banner[" + version + ", " + data + "]";
    }
}
