package org.caravanhub.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands share that do something with messages in quarantine: part by part, with a bar, and a count at the end. */
final class Mending {
    private static final List<String> COUNTS =
            List.of("tried", "passed", "failed", "unable", "gone", "stored", "duplicate");

    @Mixin
    final ClientOptions client = new ClientOptions();

    @Mixin
    final QuarantineSelection selection = new QuarantineSelection();

    @Option(names = "--all", description = "Everything that is in quarantine.")
    boolean all;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress.")
    private boolean quiet;

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<String, Json> reasons = new LinkedHashMap<>();
    private long selected;

    /** Asks until all of it is done. */
    void run(String what, String path, Map<String, String> more, Surroundings here) {
        Map<String, String> query = selection.query(all);
        query.putAll(more);
        HubClient api = client.api(here);
        String cursor = "";
        try (Progress progress = new Progress(here, what, "messages", quiet)) {
            do {
                if (!cursor.isEmpty()) {
                    query.put("cursor", cursor);
                }
                Json part = api.post(path, query);
                selected = cursor.isEmpty() ? part.number("selected") : selected;
                add(part);
                progress.at(count("tried"), selected, count("tried"));
                cursor = part.textOrEmpty("next_cursor");
            } while (!cursor.isEmpty());
        }
    }

    private void add(Json part) {
        for (String name : COUNTS) {
            counts.merge(name, part.number(name), Long::sum);
        }
        for (Json reason : part.member("reasons").items()) {
            // The same mistake of another message differs in its numbers only.
            reasons.merge(reason.textOrEmpty("reason").replaceAll("\\d+", "N"), reason, (first, next) -> first);
        }
    }

    long selected() {
        return selected;
    }

    long count(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /** The sum of all parts, as one answer. */
    void printJson(Surroundings here) {
        List<String> members = new ArrayList<>();
        members.add("\"selected\":" + selected);
        counts.forEach((name, count) -> members.add("\"" + name + "\":" + count));
        here.out().println("{" + String.join(",", members) + "}");
    }

    /** Why some did not pass, a line each. */
    void printReasons(Surroundings here) {
        for (Json reason : reasons.values()) {
            here.out()
                    .println("  " + Plain.line(reason.textOrEmpty("reason")) + " (for example "
                            + reason.textOrEmpty("example") + ")");
        }
    }

    /** {@link ExitCode#PARTLY_DONE} if something did not pass. */
    int exitCode() {
        return count("failed") + count("unable") > 0 ? ExitCode.PARTLY_DONE : ExitCode.OK;
    }
}
