package org.caravanhub.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code caravan power poll}. */
@Command(
        name = "poll",
        description = {
            "Have EcoFlow's cloud asked now, wait for the answers, and show each power station.",
            "Of use when you have put something right: the hub would wait up to an hour. Never more often than caravan.ecoflow.interval."
        })
final class PowerPoll implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    PowerPoll(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        HubClient api = client.api(here);
        byte[] body = polled(api);
        Json power = Json.parse(body);
        if (client.json) {
            here.print(body);
        } else {
            new PowerView(here, client).show(power);
        }
        return power.member("cloud").member("trouble").text("what").isPresent() ? ExitCode.FAILED : ExitCode.OK;
    }

    /** Whoever was asked just now is as fresh as can be. */
    private byte[] polled(HubClient api) throws IOException, InterruptedException {
        PowerRound round = new PowerRound(here, api);
        Json begun;
        try {
            begun = round.begin();
        } catch (CommandFailed failed) {
            byte[] body = api.get(PowerStatus.PATH, Map.of());
            Json cloud = Json.parse(body).member("cloud");
            boolean isTooSoon = failed.exitCode() == ExitCode.CONFLICT
                    && cloud.textOrEmpty("configured").equals("true")
                    && cloud.textOrEmpty("waits").isEmpty();
            if (!isTooSoon) {
                throw failed;
            }
            here.err().println(failed.getMessage());
            return body;
        }
        if (begun.number("in_s") > 0) {
            here.err()
                    .println("EcoFlow is asked in " + begun.number("in_s")
                            + " s; it was asked less than an interval ago.");
        }
        return round.awaitEnd(begun);
    }
}
