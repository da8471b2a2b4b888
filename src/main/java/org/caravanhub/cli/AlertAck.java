package org.caravanhub.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan alert ack}. */
@Command(
        name = "ack",
        description = {
            "Say that you know of an alert: it is not told again until it gets worse.",
            "What only happens, such as a door that opens, is told when it happens anew."
        })
final class AlertAck implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "ID", arity = "1..*", description = "Numbers of alerts, as the list shows them.")
    private List<Long> ids = List.of();

    AlertAck(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = client.api(here).orNext(client.command("alert list"));
        for (long id : ids) {
            byte[] body = api.postForBytes("/api/v1/alerts/" + id + "/acknowledge", "", new byte[0]);
            if (client.json) {
                here.print(body);
            } else {
                here.out()
                        .println("You know of " + id + ": "
                                + Plain.line(Json.parse(body).textOrEmpty("title")));
            }
        }
        return ExitCode.OK;
    }
}
