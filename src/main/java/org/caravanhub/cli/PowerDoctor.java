package org.caravanhub.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan power doctor}. */
@Command(
        name = "doctor",
        description = {
            "Look at everything that must be right before a power station is known: keys, host, clock, account, each station, bridge.",
            "Asks EcoFlow's cloud once if it may be asked now. Ends with 1 if something is wrong."
        })
final class PowerDoctor implements Callable<Integer> {
    /** Whoever looks for a fault does not wait for longer than this before the question. */
    private static final int SOON_SECONDS = 10;

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Option(names = "--offline", description = "Ask nothing and look nothing up; tell what is known.")
    private boolean isOffline;

    @Option(names = "--codes", description = "Tell what each code of EcoFlow's means, too.")
    private boolean isWithCodes;

    PowerDoctor(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        HubClient api = client.api(here);
        if (!isOffline) {
            ask(api);
        }
        byte[] body = api.get(PowerStatus.PATH + "/checks", isOffline ? Map.of("offline", "true") : Map.of());
        Json answer = Json.parse(body);
        if (client.json) {
            here.print(body);
        } else {
            print(answer);
        }
        return answer.number("problems") > 0 ? ExitCode.FAILED : ExitCode.OK;
    }

    /** What speaks against asking is found by the checks. */
    private void ask(HubClient api) throws IOException, InterruptedException {
        PowerRound round = new PowerRound(here, api);
        try {
            Json begun = round.begin();
            if (begun.number("in_s") <= SOON_SECONDS) {
                round.awaitEnd(begun);
            }
        } catch (CommandFailed failed) {
            if (failed.exitCode() != ExitCode.CONFLICT) {
                throw failed;
            }
        }
    }

    private void print(Json answer) {
        Style style = client.style(here);
        List<Json> items = answer.member("items").items();
        if (here.terminal()) {
            items.forEach(item -> print(item, style));
            long problems = answer.number("problems");
            long warnings = items.stream()
                    .filter(item -> item.textOrEmpty("state").equals("warning"))
                    .count();
            here.out()
                    .println(
                            problems > 0
                                    ? counted(problems, "problem")
                                    : warnings > 0
                                            ? "No problem, and " + counted(warnings, "warning")
                                            : "Nothing is wrong that the hub can see.");
        } else {
            Table table = new Table()
                    .left("check")
                    .left("device")
                    .left("state")
                    .left("what")
                    .left("why")
                    .left("fix");
            for (Json item : items) {
                table.row(List.of(
                        cell(item, "check"),
                        cell(item, "device"),
                        cell(item, "state"),
                        cell(item, "what"),
                        cell(item, "why"),
                        cell(item, "fix")));
            }
            table.print(here, style);
        }
        if (isWithCodes) {
            Table codes = new Table().left("code").left("what").left("fix");
            for (Json code : answer.member("codes").items()) {
                codes.row(List.of(cell(code, "code"), cell(code, "what"), cell(code, "fix")));
            }
            here.out().println();
            codes.print(here, style);
        }
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "." : "s.");
    }

    private static Table.Cell cell(Json item, String name) {
        return Table.Cell.of(item.textOrEmpty(name));
    }

    private void print(Json item, Style style) {
        String mark =
                switch (item.textOrEmpty("state")) {
                    case "ok" -> style.good(style.symbol("✓", "ok     "));
                    case "problem" -> style.bad(style.symbol("✗", "problem"));
                    case "warning" -> style.warning(style.symbol("▲", "warning"));
                    default -> style.faint(style.symbol("?", "unknown"));
                };
        String device = item.textOrEmpty("device");
        String check = item.textOrEmpty("check");
        here.out()
                .println(mark + " "
                        + Plain.line("%-8s".formatted(check) + " " + (device.isEmpty() ? "" : device + ": ")
                                + item.textOrEmpty("what")));
        String why = item.textOrEmpty("why");
        if (!why.isEmpty()) {
            here.out().println("           " + Plain.line(why));
        }
        String fix = item.textOrEmpty("fix");
        if (!fix.isEmpty()) {
            here.out().println("         " + style.symbol("→", "->") + " " + Plain.line(fix));
        }
    }
}
