package org.caravanhub.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.caravanhub.text.Plain;

/** Shows what {@code GET /api/v1/power} answers: to people as some lines for each station, to programs as a table. */
final class PowerView {
    private static final List<String> NOW =
            List.of("charge_percent", "in_w", "out_w", "solar_w", "ac_in_w", "ac_out_w", "dc_out_w");
    private static final List<String> TODAY = List.of("in_wh", "out_wh", "solar_wh", "covered_s");

    private final Surroundings here;
    private final ClientOptions client;

    PowerView(Surroundings here, ClientOptions client) {
        this.here = here;
        this.client = client;
    }

    void show(Json power) {
        Style style = client.style(here);
        Instant now = here.clock().instant();
        List<Json> stations = power.member("stations").items();
        Json cloud = power.member("cloud");
        if (stations.isEmpty()) {
            if (isConfigured(power)) {
                here.err().println("No power station is known yet.");
                if (cloud.member("trouble").text("what").isEmpty()) {
                    client.hint(here, client.command("power doctor"));
                }
            } else {
                beginning().forEach(here.err()::println);
            }
        } else if (here.terminal()) {
            stations.forEach(station -> print(station, now, style));
        } else {
            printTable(stations);
        }
        var beside = here.terminal() ? here.out() : here.err();
        String waits = cloud.textOrEmpty("waits");
        if (!waits.isEmpty()) {
            beside.println(
                    style.warning(style.symbol("▲", "!")) + " EcoFlow is not asked, because " + Plain.line(waits));
        }
        cloud.member("trouble").text("what").ifPresent(what -> {
            String code = cloud.member("trouble").textOrEmpty("code");
            beside.println(style.bad(style.symbol("✗", "x")) + " "
                    + Plain.line(what
                            + (code.isEmpty() ? "" : " (" + code + ")")
                            + cloud.text("next_try")
                                    .map(at -> ", " + PowerText.in(at, now))
                                    .orElse("")));
            String fix = cloud.member("trouble").textOrEmpty("fix");
            client.hint(here, fix.isEmpty() ? client.command("power doctor") : Plain.line(fix));
        });
        String profile = power.member("profile").textOrEmpty("profile");
        if (!profile.equals("normal")) {
            beside.println(style.warning(Plain.line("hub: " + profile)) + "  "
                    + Plain.line(power.member("profile").textOrEmpty("why")));
        }
    }

    static boolean isConfigured(Json power) {
        return power.member("cloud").textOrEmpty("configured").equals("true");
    }

    /** Three lines. */
    private static List<String> beginning() {
        return List.of(
                "No power station is known, and EcoFlow's cloud is not asked.",
                "Ask for keys at developer.ecoflow.com, signed in to the account that the station is bound to in the app.",
                "Write them as caravan.ecoflow.access-key and caravan.ecoflow.secret-key, and start the hub again:"
                        + " docs/how-to/ecoflow.md");
    }

    private void print(Json station, Instant now, Style style) {
        here.out().println(PowerText.head(station, style));
        PowerText.lines(station, now, style, here.columns())
                .forEach(line -> here.out().println("  " + line));
    }

    private void printTable(List<Json> stations) {
        Table table = new Table()
                .left("device")
                .left("product")
                .left("state")
                .left("source")
                .left("at");
        NOW.forEach(table::right);
        table.left("until").right("minutes").right("last_charge_percent");
        TODAY.forEach(name -> table.right("today_" + name));
        table.left("next_try").left("trouble");
        for (Json station : stations) {
            List<Table.Cell> cells = new ArrayList<>();
            List.of("device", "product", "state", "source", "at").forEach(name -> add(cells, station, name));
            NOW.forEach(name -> add(cells, station, name));
            add(cells, station.member("remaining"), "until");
            add(cells, station.member("remaining"), "minutes");
            add(cells, station.member("last"), "charge_percent");
            TODAY.forEach(name -> add(cells, station.member("today"), name));
            add(cells, station, "next_try");
            add(cells, station.member("trouble"), "what");
            table.row(cells);
        }
        table.print(here, client.style(here));
    }

    private static void add(List<Table.Cell> cells, Json object, String name) {
        cells.add(Table.Cell.of(object.textOrEmpty(name)));
    }
}
