package org.caravanhub.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command about one rollout: the one that is named, or the only one that is open. */
abstract class RolloutNamed {
    static final String PATH = "/api/v1/rollouts";

    final Surroundings here;

    @Mixin
    final ClientOptions client = new ClientOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "ROLLOUT",
            description = "Its name or number; may be left out while only one is open.")
    private @Nullable String named;

    RolloutNamed(Surroundings here) {
        this.here = here;
    }

    HubClient api() {
        return client.api(here).orNext(client.command("rollout list"));
    }

    /** Its number, as text. */
    String id(HubClient api) {
        if (named != null) {
            return api.json(PATH + "/" + HubClient.encoded(named), Map.of()).textOrEmpty("id");
        }
        List<Json> all = Pages.all(api, PATH, Map.of(), 100);
        List<Json> open = all.stream().filter(RolloutText::isOpen).toList();
        if (open.size() == 1) {
            return open.get(0).textOrEmpty("id");
        }
        if (open.isEmpty() && isAboutAny() && !all.isEmpty()) {
            return all.get(0).textOrEmpty("id");
        }
        if (open.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.NOT_FOUND, "no rollout is open", client.command("rollout start MODEL VERSION"));
        }
        throw new CommandFailed(
                ExitCode.USAGE,
                "several rollouts are open, so say which: "
                        + open.stream()
                                .map(one -> Plain.line(one.textOrEmpty("name")))
                                .collect(Collectors.joining(", ")),
                client.command("rollout list"));
    }

    /** Whether the newest one is meant if none is open. */
    boolean isAboutAny() {
        return false;
    }
}
