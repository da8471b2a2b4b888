package org.caravanhub.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;

/** A command that changes one rollout and tells how it is then. */
abstract class RolloutChange extends RolloutNamed implements Callable<Integer> {
    private final String change;

    /** @param change the last part of the API's path */
    RolloutChange(Surroundings here, String change) {
        super(here);
        this.change = change;
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = api();
        String id = id(api);
        if (!isConfirmed(id)) {
            return ExitCode.USAGE;
        }
        byte[] body = api.postForBytes(PATH + "/" + id + "/" + change, type(), body());
        if (client.json) {
            here.print(body);
            return ExitCode.OK;
        }
        Json rollout = Json.parse(body);
        Style style = client.style(here);
        here.out().println(RolloutText.head(rollout, style));
        here.out().println(RolloutText.counts(rollout));
        rollout.text("reason").filter(reason -> !reason.isEmpty()).ifPresent(reason -> here.out()
                .println(Plain.line(reason)));
        return ExitCode.OK;
    }

    String type() {
        return "";
    }

    byte[] body() throws IOException {
        return new byte[0];
    }

    /** Whether it is meant. */
    boolean isConfirmed(String id) throws IOException {
        return true;
    }
}
