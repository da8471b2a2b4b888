package org.caravanhub.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code caravan power status}. */
@Command(
        name = "status",
        description = {
            "Show each power station: charge, how long it lasts or takes, what flows, who told that and when.",
            "What is older than it should be is marked, and only its last charge is shown."
        })
final class PowerStatus implements Callable<Integer> {
    static final String PATH = "/api/v1/power";

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    PowerStatus(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        byte[] body = client.api(here).get(PATH, Map.of());
        if (client.json) {
            here.print(body);
        } else {
            new PowerView(here, client).show(Json.parse(body));
        }
        return ExitCode.OK;
    }
}
