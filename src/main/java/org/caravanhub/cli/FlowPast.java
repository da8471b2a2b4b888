package org.caravanhub.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanhub.flow.history.FlowHistory;
import org.caravanhub.flow.history.FlowVersion;
import org.caravanhub.settings.Settings;

/** What flow files were: as the hub tells it, or, when that is down, as the data folder does. */
final class FlowPast {
    private final Optional<HubClient> hub;
    private final FlowHistory history;
    private final Path routes;

    /**
     * A version as it is listed.
     *
     * @param number which
     * @param id of its bytes
     * @param result what became of it
     * @param at when, as RFC 3339
     * @param who made it
     * @param mistake why it was rejected; empty if it was not
     */
    record Version(long number, String id, String result, String at, String who, String mistake) {
        boolean isGood() {
            return result.equals("applied") || result.equals("restored");
        }
    }

    private FlowPast(Optional<HubClient> hub, Settings settings) {
        this.hub = hub;
        this.history = new FlowHistory(settings.data().resolve("flows"));
        this.routes = settings.routes();
    }

    /** Asks the hub once, to find out whether it is there; a hub elsewhere has to be. */
    static FlowPast of(ClientOptions client, Surroundings here) {
        Settings settings = client.settings(here);
        boolean isElsewhere = client.url != null
                || !here.environment().getOrDefault("CARAVAN_URL", "").isEmpty();
        HubClient api = client.api(here).orNext(client.command("flow list"));
        try {
            api.get("/health", Map.of());
        } catch (CommandFailed failed) {
            if (failed.exitCode() == ExitCode.UNREACHABLE && !isElsewhere) {
                return new FlowPast(Optional.empty(), settings);
            }
            // One that is there and not well answers all the same.
        }
        return new FlowPast(Optional.of(api), settings);
    }

    /** Newest first. */
    List<Version> versions(FlowTarget file) {
        if (hub.isPresent()) {
            return hub.get().json(file.resource() + "/history", Map.of()).member("items").items().stream()
                    .map(one -> new Version(
                            one.number("number"),
                            one.textOrEmpty("version"),
                            one.textOrEmpty("result"),
                            one.textOrEmpty("at"),
                            one.textOrEmpty("by"),
                            one.member("mistakes").items().stream()
                                    .findFirst()
                                    .map(Json::toString)
                                    .orElse("")))
                    .toList();
        }
        return history.of(file.path()).stream().map(FlowPast::version).toList();
    }

    private static Version version(FlowVersion one) {
        return new Version(
                one.number(),
                one.id(),
                one.result().word(),
                one.at().toString(),
                one.who(),
                one.mistakes().stream().findFirst().orElse(""));
    }

    /** The text of a version. */
    String text(FlowTarget file, long number) {
        byte[] bytes = hub.isPresent()
                ? hub.get().get(file.resource() + "/history/" + number, Map.of())
                : history.find(file.path(), number)
                        .map(FlowHistory.Whole::bytes)
                        .orElseThrow(() ->
                                new CommandFailed(ExitCode.NOT_FOUND, file.path() + " has no version " + number, ""));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The text that is in the folder now; empty if the file is gone. */
    String textNow(FlowTarget file) throws IOException {
        if (hub.isPresent()) {
            return new String(hub.get().get(file.resource(), Map.of()), StandardCharsets.UTF_8);
        }
        Path here = routes.resolve(file.path());
        return Files.exists(here) ? Files.readString(here) : "";
    }
}
