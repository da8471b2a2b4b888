package org.caravanhub.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code caravan status}. */
@Command(
        name = "status",
        description = {
            "Tell on one screen how the hub is, and what to do about it.",
            "When the hub is down, tell what its files show. --json is the body of GET /api/v1/health."
        })
final class Status implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    Status(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = client.api(here);
        byte[] body;
        try {
            body = api.get("/api/v1/health", Map.of());
        } catch (CommandFailed failed) {
            if (failed.exitCode() == ExitCode.UNREACHABLE && !client.json && client.isOfThisMachine(here)) {
                Path data = client.settings(here).data();
                Service.of(data).ifPresent(service -> here.out().print(service.describe()));
                here.out().print(new StoppedHub(data).describe(here.clock().instant()));
            }
            throw failed;
        }
        Json health = Json.parse(body);
        if (client.json) {
            here.print(body);
        } else {
            print(api, health, client.style(here));
        }
        return health.textOrEmpty("status").equals("problem") ? ExitCode.FAILED : ExitCode.OK;
    }

    private void print(HubClient api, Json health, Style style) {
        here.out()
                .println(style.bold("caravan " + Plain.line(health.textOrEmpty("version"))) + "  up "
                        + since(health.textOrEmpty("started_at")) + "  " + api.url() + "  " + word(health, style));
        Json ledger = api.json("/api/v1/ledger", Map.of());
        here.out().println("Devices   " + devices(api));
        here.out()
                .println("Messages  " + ledger.number("received") + " received = " + ledger.number("stored")
                        + " stored + " + ledger.number("duplicate") + " duplicate + " + ledger.number("quarantined")
                        + " quarantined");
        printKnown(health, "database", "Storage");
        printKnown(health, "spool", "Storage");
        printKnown(health, "clock", "Clock");
        printKnown(health, "power", "Power");
        printKnown(health, "alerts", "Alerts");
        printRollouts(api);
        printPower(api);
        for (Json check : health.member("checks").items()) {
            String state = check.textOrEmpty("state");
            if (state.equals("warning") || state.equals("problem")) {
                String mark = state.equals("problem")
                        ? style.bad(style.symbol("✗", "x") + " problem")
                        : style.warning(style.symbol("▲", "!") + " warning");
                here.out()
                        .println(
                                mark + "  " + Plain.line(check.textOrEmpty("name") + ": " + check.textOrEmpty("what")));
                check.text("fix").filter(fix -> !fix.isEmpty()).ifPresent(fix -> here.out()
                        .println("  " + style.symbol("→", "->") + " " + Plain.line(fix)));
            }
        }
    }

    /** What a check found that is of use when all is well, too. */
    private void printKnown(Json health, String name, String title) {
        for (Json check : health.member("checks").items()) {
            String state = check.textOrEmpty("state");
            // Whose charge is not known was named by somebody, perhaps with a slip.
            boolean isUnheard = name.equals("power") && state.equals("unknown");
            if (check.textOrEmpty("name").equals(name) && (state.equals("ok") || isUnheard)) {
                String why = isUnheard ? " " + check.textOrEmpty("why") : "";
                here.out().println("%-10s%s".formatted(title, Plain.line(check.textOrEmpty("what") + why)));
            }
        }
    }

    /** One line for each that runs or is paused; {@code spring: 12 of 40 done, 2 failed, paused}. */
    private void printRollouts(HubClient api) {
        List<Json> rollouts;
        try {
            rollouts = api.json("/api/v1/rollouts", Map.of()).member("items").items();
        } catch (CommandFailed e) {
            // A hub that cannot tell of them now has said why.
            return;
        }
        for (Json rollout : rollouts) {
            if (RolloutText.isOpen(rollout)) {
                String state = rollout.textOrEmpty("state").replace('_', ' ');
                here.out()
                        .println("Rollout   "
                                + Plain.line(rollout.textOrEmpty("name") + ": " + RolloutText.counts(rollout)
                                        + (state.equals("running") ? "" : ", " + state)));
            }
        }
    }

    /** One line for each station; {@code Power 78 %, 14 h left at 61 W (EcoFlow cloud, 40 s ago)}. */
    private void printPower(HubClient api) {
        List<Json> stations;
        try {
            stations = api.json(PowerStatus.PATH, Map.of()).member("stations").items();
        } catch (CommandFailed e) {
            // As above.
            return;
        }
        for (Json station : stations) {
            String name = stations.size() == 1 ? "" : Plain.line(station.textOrEmpty("serial")) + ": ";
            here.out()
                    .println("Power     " + name
                            + PowerText.summary(station, here.clock().instant()));
        }
    }

    private static String word(Json health, Style style) {
        String dot = style.symbol("●", "*") + " ";
        return switch (health.textOrEmpty("status")) {
            case "ok" -> style.good(dot + "healthy");
            case "warning" -> style.warning(dot + "healthy, with warnings");
            case "problem" -> style.bad(dot + "problem");
            default -> style.warning(dot + "unknown");
        };
    }

    private static String devices(HubClient api) {
        List<Json> devices = Pages.all(api, "/api/v1/devices", Map.of(), 1000);
        if (devices.isEmpty()) {
            return "none was heard yet";
        }
        Map<String, Long> byState = devices.stream()
                .collect(Collectors.groupingBy(
                        device -> device.textOrEmpty("state"), TreeMap::new, Collectors.counting()));
        return byState.entrySet().stream()
                .map(state -> state.getValue() + " " + Plain.line(state.getKey()))
                .collect(Collectors.joining(", "));
    }

    private String since(String moment) {
        try {
            return Ago.span(Duration.between(Instant.parse(moment), here.clock().instant()));
        } catch (DateTimeParseException e) {
            return "?";
        }
    }
}
