package org.caravanhub.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan alert resolve}. */
@Command(
        name = "resolve",
        description = {
            "Say that an alert is over. If it comes back, it is a new one.",
            "Alerts of values and devices are over by themselves when all is well again."
        })
final class AlertResolve implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "ID", arity = "1..*", description = "Numbers of alerts, as the list shows them.")
    private List<Long> ids = List.of();

    AlertResolve(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = client.api(here).orNext(client.command("alert list"));
        for (long id : ids) {
            byte[] body = api.postForBytes("/api/v1/alerts/" + id + "/resolve", "", new byte[0]);
            if (client.json) {
                here.print(body);
            } else {
                here.out()
                        .println("Over is " + id + ": "
                                + Plain.line(Json.parse(body).textOrEmpty("title")));
            }
        }
        return ExitCode.OK;
    }
}
