package org.caravanhub.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravanhub.text.Plain;

/** Power stations as people read them. What the hub does not know is left out. */
final class PowerText {
    private static final int BAR = 24;
    private static final int SHORT_BAR = 10;
    /** Columns of a telephone, or of half a screen. */
    static final int NARROW = 64;

    private PowerText() {}

    /** {@code DELTA 2 R331ZEB4ZEAL0528 ● live}. */
    static String head(Json station, Style style) {
        String state = station.textOrEmpty("state");
        String shown = state.equals("live")
                ? style.good(style.symbol("●", "*") + " live")
                : style.warning(style.symbol("▲", "!") + " " + Plain.line(state));
        String product = station.textOrEmpty("product");
        return style.bold(Plain.line(product.isEmpty() ? "Power station" : product)) + "  "
                + Plain.line(station.textOrEmpty("serial")) + "  " + shown;
    }

    /** Some lines about how it is, shorter ones where there are few columns. */
    static List<String> lines(Json station, Instant now, Style style, int columns) {
        boolean isNarrow = columns < NARROW;
        List<String> lines = new ArrayList<>();
        if (station.textOrEmpty("state").equals("live")) {
            station.text("charge_percent")
                    .ifPresent(percent -> lines.add(bar(percent, isNarrow ? SHORT_BAR : BAR) + "  " + rounded(percent)
                            + " %"
                            + remaining(station).map(left -> "   " + left).orElse("")));
            List<String> flows = flows(station);
            lines.addAll(isNarrow ? flows : List.of(String.join("   ", flows)));
            lines.add(temperatures(station, style.symbol(" °C", " C")));
        } else {
            Json last = station.member("last");
            last.text("charge_percent")
                    .ifPresent(percent -> lines.add("last known  " + rounded(percent) + " %, "
                            + Ago.cell(last.textOrEmpty("at"), now).shown()));
            lines.add(Plain.line(station.textOrEmpty("why")));
        }
        station.member("trouble")
                .text("fix")
                .filter(fix -> !fix.isEmpty())
                .ifPresent(fix -> lines.add(style.symbol("→", "->") + " " + Plain.line(fix)));
        lines.add(today(station.member("today")));
        lines.add(source(station, now, style));
        lines.removeIf(String::isEmpty);
        return lines;
    }

    private static String bar(String percent, int length) {
        int full = (int) Math.round(Math.max(0, Math.min(100, Double.parseDouble(percent))) * length / 100);
        return "[" + "#".repeat(full) + "-".repeat(length - full) + "]";
    }

    /** {@code 14 h left at 61 W}, {@code full in 2 h at 296 W}. */
    static Optional<String> remaining(Json station) {
        Json remaining = station.member("remaining");
        return remaining.text("until").map(until -> {
            String span = Ago.span(Duration.ofMinutes(remaining.number("minutes")));
            String at = " at " + remaining.number("at_w") + " W";
            return until.equals("full") ? "full in " + span + at : span + " left" + at;
        });
    }

    /** {@code in 296 W (solar 296, AC 0)} and {@code out 155 W (AC 155, DC 0)}, as far as they are known. */
    private static List<String> flows(Json station) {
        String in = flow(
                "in",
                station.text("in_w"),
                part("solar", station.text("solar_w")),
                part("AC", station.text("ac_in_w")));
        String out = flow(
                "out",
                station.text("out_w"),
                part("AC", station.text("ac_out_w")),
                part("DC", station.text("dc_out_w")));
        return Stream.of(in, out).filter(text -> !text.isEmpty()).toList();
    }

    private static String flow(String name, Optional<String> watts, String one, String other) {
        String parts = one + (one.isEmpty() || other.isEmpty() ? "" : ", ") + other;
        String all = watts.map(value -> " " + rounded(value) + " W").orElse("");
        return all.isEmpty() && parts.isEmpty() ? "" : name + all + (parts.isEmpty() ? "" : " (" + parts + ")");
    }

    private static String part(String name, Optional<String> watts) {
        return watts.map(value -> name + " " + rounded(value)).orElse("");
    }

    private static String temperatures(Json station, String unit) {
        Json temperatures = station.member("temperatures");
        List<String> parts = new ArrayList<>();
        temperatures.text("battery_c").ifPresent(celsius -> parts.add("battery " + rounded(celsius) + unit));
        temperatures.text("inverter_c").ifPresent(celsius -> parts.add("inverter " + rounded(celsius) + unit));
        temperatures.text("solar_c").ifPresent(celsius -> parts.add("solar regulator " + rounded(celsius) + unit));
        station.member("battery")
                .text("health_percent")
                .ifPresent(percent -> parts.add("health " + rounded(percent) + " %"));
        station.member("battery").text("cycles").ifPresent(cycles -> parts.add(rounded(cycles) + " cycles"));
        return String.join(", ", parts);
    }

    private static String today(Json today) {
        List<String> parts = new ArrayList<>();
        today.text("in_wh").ifPresent(energy -> parts.add("in " + energy(energy)));
        today.text("out_wh").ifPresent(energy -> parts.add("out " + energy(energy)));
        today.text("solar_wh").ifPresent(energy -> parts.add("solar " + energy(energy)));
        return parts.isEmpty()
                ? ""
                : "today  " + String.join(", ", parts) + " (known for "
                        + Ago.span(Duration.ofSeconds(today.number("covered_s"))) + ")";
    }

    /** {@code EcoFlow cloud · 40 s ago · next try in 20 s}. */
    private static String source(Json station, Instant now, Style style) {
        List<String> parts = new ArrayList<>();
        parts.add(teller(station));
        station.text("at").ifPresent(at -> parts.add(Ago.cell(at, now).shown()));
        station.text("next_try").map(at -> in(at, now)).ifPresent(parts::add);
        return style.faint(String.join(style.symbol(" · ", " - "), parts));
    }

    static String teller(Json station) {
        String bridge = station.textOrEmpty("bridge");
        return station.textOrEmpty("source").equals("bridge") ? Plain.line("bridge " + bridge) : "EcoFlow cloud";
    }

    /** {@code next try in 20 s}. */
    static String in(String moment, Instant now) {
        try {
            Duration wait = Duration.between(now, Instant.parse(moment));
            return wait.toSeconds() <= 0 ? "next try now" : "next try in " + Ago.span(wait);
        } catch (DateTimeParseException e) {
            return "";
        }
    }

    private static String energy(String wattHours) {
        double value = Double.parseDouble(wattHours);
        return value < 1000 ? Math.round(value) + " Wh" : String.format(Locale.ROOT, "%.1f kWh", value / 1000);
    }

    static String rounded(String number) {
        return Long.toString(Math.round(Double.parseDouble(number)));
    }

    /** {@code 78 %, 14 h left at 61 W (EcoFlow cloud, 40 s ago)}. */
    static String summary(Json station, Instant now) {
        boolean isLive = station.textOrEmpty("state").equals("live");
        Json told = isLive ? station : station.member("last");
        List<String> parts = new ArrayList<>();
        told.text("charge_percent").ifPresent(percent -> parts.add((isLive ? "" : "last ") + rounded(percent) + " %"));
        remaining(station).ifPresent(parts::add);
        if (!isLive) {
            boolean isKnown = station.text("at").isPresent();
            parts.add(station.textOrEmpty("state") + (isKnown ? "" : ": " + station.textOrEmpty("why")));
        }
        return Plain.line(String.join(", ", parts)
                + station.text("at")
                        .map(at -> " (" + teller(station) + ", "
                                + Ago.cell(at, now).shown() + ")")
                        .orElse(""));
    }
}
