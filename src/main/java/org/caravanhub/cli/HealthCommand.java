package org.caravanhub.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.health.HealthReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code caravan health}. */
@Command(
        name = "health",
        description = {
            "Show every check that the hub makes of itself, the worst first, with what to do.",
            "Ends with 1 if there is a problem. When the hub is down: caravan doctor."
        })
final class HealthCommand implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    HealthCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        byte[] body = client.api(here).get("/api/v1/health", Map.of());
        Json health = Json.parse(body);
        if (client.json) {
            here.print(body);
        } else {
            List<HealthReport.Line> lines =
                    health.member("checks").items().stream().map(CheckLine::of).toList();
            CheckLine.print(lines, here, client.style(here));
        }
        return health.textOrEmpty("status").equals("problem") ? ExitCode.FAILED : ExitCode.OK;
    }
}
