package org.caravanhub.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan device credentials}. */
@Command(
        name = "credentials",
        description = {
            "Show what a device signs in with; or give it a new password, or let it in no more.",
            "Example: caravan device credentials hut-1 --rotate"
        })
final class DeviceCredentials implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "DEVICE", description = "Its id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String device;

    @ArgGroup
    private Change change = new Change();

    @Option(
            names = "--overlap",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "With --rotate: how long the password before stays valid, 0s to 24h; 10m if it is not said.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String overlap;

    @Option(names = "--yes", description = "Do it, where a device would be kept out.")
    private boolean yes;

    /** What is to be done, one of them. */
    static final class Change {
        @Option(names = "--rotate", description = "Give it a new password; the one before stays valid for ten minutes.")
        private boolean rotate;

        @Option(names = "--revoke", description = "Let it in no more, and close its connections. Needs --yes.")
        private boolean revoke;

        @Option(
                names = "--replace",
                description =
                        "Give it a new password and take all others away, as after it was flashed anew. Needs --yes.")
        private boolean replace;
    }

    DeviceCredentials(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = client.api(here).orNext(client.command("device list"));
        String path = "/api/v1/devices/" + HubClient.encoded(device) + "/credentials";
        if (change.rotate) {
            int code =
                    issued(api.postForBytes(path + "/rotate?overlap=" + HubClient.encoded(overlap), "", new byte[0]));
            here.err()
                    .println(
                            "The user name is another one, too: put both into the device. The ones before are valid for "
                                    + overlap + ".");
            return code;
        }
        if ((change.revoke || change.replace) && !yes) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "whoever signs in as " + Plain.line(device) + " now would be thrown out",
                    "add --yes to do it");
        }
        if (change.replace) {
            return issued(api.postForBytes(path + "/replace", "", new byte[0]));
        }
        byte[] body = change.revoke ? api.postForBytes(path + "/revoke", "", new byte[0]) : api.get(path, Map.of());
        if (!change.revoke) {
            return new Listing(here, client)
                    .left("user")
                    .ago("made", "made_at")
                    .left("ends", credential -> credential.text("expires_at").orElse("-"))
                    .show(body, this::nothing);
        }
        if (client.json) {
            here.print(body);
        } else {
            here.out()
                    .println(Plain.line(device) + " is let in no more; credentials taken away: "
                            + Json.parse(body).textOrEmpty("revoked"));
        }
        return ExitCode.OK;
    }

    private int issued(byte[] body) throws IOException {
        if (client.json) {
            here.print(body);
        } else {
            IssuedText.print(Json.parse(body), client, here);
        }
        return ExitCode.OK;
    }

    private String nothing() {
        return "Nothing lets " + Plain.line(device) + " in." + System.lineSeparator()
                + client.hintLine(
                        here,
                        "to give it a password: "
                                + client.command("device credentials " + Plain.line(device) + " --replace --yes"));
    }
}
