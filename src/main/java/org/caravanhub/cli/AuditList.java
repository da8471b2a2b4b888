package org.caravanhub.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan audit list}. */
@Command(
        name = "list",
        description = {
            "List who changed what, newest first.",
            "Example: caravan audit list --subject device/emu01 --since 7d"
        })
final class AuditList implements Callable<Integer> {
    private static final String PATH = "/api/v1/audit";

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Option(
            names = "--subject",
            paramLabel = "SUBJECT",
            description =
                    "Only what was done to this: device/emu01, flow/frost, flow-file/alert/frost.camel.yaml, quarantine.")
    private @Nullable String subject;

    @Option(names = "--who", paramLabel = "WHO", description = "Only what this one did: admin.")
    private @Nullable String who;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            converter = When.class,
            description = "Not before: 2026-06-01, 2026-06-01T12:00:00Z, 7d.")
    private When.@Nullable Moment since;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Limit.class,
            defaultValue = "100",
            description = "At most so many. Default: 100")
    private int limit;

    AuditList(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, String> query = query();
        return new Listing(here, client)
                .ago("at", "at")
                .left("who")
                .left("action")
                .left("subject")
                .left("details", AuditList::details)
                .show(
                        client.api(here),
                        PATH,
                        query,
                        limit,
                        () -> "Nobody changed anything" + (query.isEmpty() ? "." : " like that."));
    }

    private static String details(Json entry) {
        return entry.member("details").members().entrySet().stream()
                .map(detail -> detail.getKey() + "=" + detail.getValue())
                .collect(Collectors.joining(" "));
    }

    private Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        if (subject != null) {
            query.put("subject", subject);
        }
        if (who != null) {
            query.put("who", who);
        }
        if (since != null) {
            query.put("since", since.at(here.clock()).toString());
        }
        return query;
    }
}
