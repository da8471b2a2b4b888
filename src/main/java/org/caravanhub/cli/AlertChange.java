package org.caravanhub.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What the owner says of alerts, by their numbers. */
abstract class AlertChange implements Callable<Integer> {
    private final Surroundings here;
    private final String operation;
    private final String done;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "ID", arity = "1..*", description = "Numbers of alerts, as the list shows them.")
    private List<Long> ids = List.of();

    /**
     * @param operation the last word of the path
     * @param done what is printed before the number
     */
    AlertChange(Surroundings here, String operation, String done) {
        this.here = here;
        this.operation = operation;
        this.done = done;
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = client.api(here).orNext(client.command("alert list"));
        for (long id : ids) {
            byte[] body = api.postForBytes("/api/v1/alerts/" + id + "/" + operation, "", new byte[0]);
            if (client.json) {
                here.print(body);
            } else {
                here.out()
                        .println(done + id + ": " + Plain.line(Json.parse(body).textOrEmpty("title")));
            }
        }
        return ExitCode.OK;
    }
}
