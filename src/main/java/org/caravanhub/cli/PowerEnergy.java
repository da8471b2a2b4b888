package org.caravanhub.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code caravan power energy}. */
@Command(
        name = "energy",
        description = {
            "Show what went into a station, out of it and into it from the sun, in Wh, by hour or day.",
            "Time without readings counts for nothing; `covered` says for how much there are some.",
            "Example: caravan power energy demo-ecoflow --every 1h --since 24h"
        })
final class PowerEnergy implements Callable<Integer> {
    private static final int MOST_STATIONS = 100;

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "DEVICE",
            description = "The device's id. Without it, every EcoFlow station that was ever heard.")
    private @Nullable String device;

    @Option(
            names = "--every",
            paramLabel = "SPAN",
            defaultValue = "1d",
            description = "1h, or 1d in the hub's time zone. Default: 1d")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String every;

    @Option(
            names = "--since",
            paramLabel = "SPAN",
            defaultValue = "7d",
            converter = Span.class,
            description = "How far back: 24h, 7d, 8w. Default: 7d")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Duration since;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    PowerEnergy(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        if (!List.of("1h", "1d").contains(every)) {
            throw new ParameterException(spec.commandLine(), "--every is 1h or 1d, not \"" + Plain.line(every) + "\"");
        }
        HubClient api = client.api(here).orNext(client.command("device list"));
        List<String> devices = device != null ? List.of(device) : stations(api);
        if (client.json && devices.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "--json is of one device; name it: " + Plain.line(String.join(", ", devices)));
        }
        Style style = client.style(here);
        EnergyBars bars = new EnergyBars(style);
        Table table = table(bars);
        boolean isAnything = false;
        for (String one : devices) {
            byte[] body = api.get("/api/v1/power/" + HubClient.encoded(one) + "/energy", query());
            if (client.json) {
                here.print(body);
                continue;
            }
            Json answer = Json.parse(body);
            isAnything |= answer.member("items").items().stream().anyMatch(item -> item.number("covered_s") > 0);
            if (isNarrow()) {
                here.out().println(style.bold(Plain.line(one)));
                Table own = table(bars);
                add(one, answer, bars, own);
                own.print(here, style);
            } else {
                add(one, answer, bars, table);
            }
        }
        if (!client.json && !isAnything) {
            here.err()
                    .println("Nothing is known of in_w, out_w and solar_w of " + Plain.line(String.join(", ", devices))
                            + " in the last " + Ago.span(since) + ". Look further back with --since, or: "
                            + client.command("device show " + Plain.line(devices.get(0))));
        } else if (!client.json && !isNarrow()) {
            table.print(here, style);
        }
        return ExitCode.OK;
    }

    /** The names of devices and the bars would leave no room for the numbers. */
    private boolean isNarrow() {
        return here.terminal() && here.columns() < PowerText.NARROW;
    }

    private Table table(EnergyBars bars) {
        Table table = isNarrow() ? new Table() : new Table().left("device");
        table.left("from").right("in").right("out").right("solar").right("covered");
        return here.terminal() && !isNarrow() ? table.left(bars.title()) : table;
    }

    private Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("every", every);
        query.put("from", Span.back(since));
        return query;
    }

    /** Also the demo's, which is called after one. */
    private List<String> stations(HubClient api) {
        List<String> found =
                Pages.all(api, "/api/v1/devices", new LinkedHashMap<>(Map.of("search", "ecoflow")), MOST_STATIONS)
                        .stream()
                        .filter(one -> one.textOrEmpty("family").equals("ecoflow")
                                || one.textOrEmpty("id").contains("ecoflow"))
                        .map(one -> one.textOrEmpty("id"))
                        .toList();
        if (found.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.NOT_FOUND,
                    "No EcoFlow station was ever heard. Any device with in_w, out_w or solar_w can be named.",
                    client.command("device list"));
        }
        return found;
    }

    private void add(String one, Json answer, EnergyBars bars, Table table) {
        List<Json> items = answer.member("items").items();
        double most = items.stream()
                .flatMapToDouble(item -> EnergyBars.METRICS.stream()
                        .flatMap(metric -> item.member(metric).asNumber().stream())
                        .mapToDouble(value -> value))
                .max()
                .orElse(0);
        DateTimeFormatter form = DateTimeFormatter.ofPattern(
                        every.equals("1d") ? (isNarrow() ? "MM-dd" : "uuuu-MM-dd") : "MM-dd HH:mm")
                .withZone(zone(answer));
        for (Json item : items) {
            Instant from = Instant.parse(item.textOrEmpty("from"));
            long whole = Duration.between(from, Instant.parse(item.textOrEmpty("to")))
                    .toSeconds();
            List<Table.Cell> cells = new ArrayList<>(List.of(
                    Table.Cell.of(one),
                    new Table.Cell(from.toString(), form.format(from)),
                    cell(item, "in_wh"),
                    cell(item, "out_wh"),
                    cell(item, "solar_wh"),
                    new Table.Cell(item.textOrEmpty("covered_s"), covered(item.number("covered_s"), whole))));
            if (isNarrow()) {
                cells.remove(0);
            } else if (here.terminal()) {
                cells.add(Table.Cell.of(bars.of(item, most)));
            }
            table.row(cells);
        }
    }

    /** Hours are shown in the terminal's zone, days in that in which they were made. */
    private ZoneId zone(Json answer) {
        return every.equals("1d")
                ? answer.text("zone").map(ZoneId::of).orElse(here.clock().getZone())
                : here.clock().getZone();
    }

    /** For programs in Wh; {@code -} for people where nothing is known. */
    private static Table.Cell cell(Json item, String name) {
        Optional<Double> value = item.member(name).asNumber();
        return new Table.Cell(
                item.textOrEmpty(name), value.map(PowerEnergy::energy).orElse("-"));
    }

    /** {@code 840 Wh}, {@code 1.24 kWh}. */
    private static String energy(double wattHours) {
        return Math.abs(wattHours) < 1000
                ? Math.round(wattHours) + " Wh"
                : String.format(Locale.ROOT, "%.2f kWh", wattHours / 1000);
    }

    private static String covered(long seconds, long whole) {
        return seconds >= whole - 1 ? "all" : seconds == 0 ? "nothing" : Ago.span(Duration.ofSeconds(seconds));
    }
}
