package org.caravanhub.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan message quarantine groups}. */
@Command(
        name = "groups",
        description = {
            "List what is in quarantine, alike messages together, the largest group first.",
            "Then: caravan message quarantine test --flow FLOW, and replay."
        })
final class QuarantineGroups implements Callable<Integer> {
    private static final String PATH = "/api/v1/quarantine-groups";

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Mixin
    private final QuarantineSelection selection = new QuarantineSelection();

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Limit.class,
            defaultValue = "100",
            description = "At most so many. Default: 100")
    private int limit;

    QuarantineGroups(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, String> query = selection.query();
        query.putAll(Pages.first(limit));
        return new Listing(here, client)
                .right("count")
                .left("cause")
                .left("flow")
                .left("step")
                .left("device")
                .ago("last", "last_at")
                .right("example")
                .left("reason")
                .show(client.api(here).get(PATH, query), () -> "Nothing of that is quarantined.");
    }
}
