package org.caravanhub.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.caravanhub.text.Nearest;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code caravan data query}. */
@Command(
        name = "query",
        description = {
            "Show one metric of one device over time: a chart on a terminal, otherwise a table.",
            "Example: caravan data query demo-van-climate temperature_c --since 7d --every 1h --csv"
        })
final class DataQuery implements Callable<Integer> {
    private static final int MOST_POINTS = 5_000;
    private static final int USUAL_POINTS = 600;
    /** Room for the labels of the axis. */
    private static final int MARGIN = 12;

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(index = "0", paramLabel = "DEVICE", description = "The device's id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String device;

    @Parameters(index = "1", paramLabel = "METRIC", description = "The metric's name, for example temperature_c.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String metric;

    @Option(
            names = "--since",
            paramLabel = "SPAN",
            defaultValue = "24h",
            converter = Span.class,
            description = "How far back: 30m, 24h, 7d, 8w. Default: 24h")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Duration since;

    @Option(
            names = "--every",
            paramLabel = "SPAN",
            converter = Span.class,
            description = "One row for each span of this length: 5m, 1h.")
    private @Nullable Duration every;

    @ArgGroup
    private Form form = new Form();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** In which form. */
    static final class Form {
        @Option(names = "--csv", description = "Comma-separated values (RFC 4180).")
        boolean csv;

        @Option(names = "--chart", description = "A chart, even if this is no terminal.")
        boolean chart;
    }

    DataQuery(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        boolean chart = form.chart || (here.terminal() && !form.csv && every == null);
        Map<String, String> query = new LinkedHashMap<>();
        query.put("device", device);
        query.put("metric", metric);
        query.put("from", Span.back(since));
        query.put("points", Long.toString(points(chart)));
        query.put("agg", "minmax");
        HubClient api = client.api(here);
        byte[] body = api.get("/api/v1/series", query);
        Series series = Series.of(Json.parse(body));
        if (series.buckets().isEmpty()) {
            requireKnown(api);
        }
        if (client.json) {
            here.print(body);
            return ExitCode.OK;
        }
        if (series.buckets().isEmpty()) {
            here.err()
                    .println("No " + Plain.line(metric) + " of " + Plain.line(device) + " in the last "
                            + Ago.span(since) + ". Look further back with --since, or: "
                            + client.command("device show " + Plain.line(device)));
        } else if (chart) {
            Chart drawing = new Chart(series, client.style(here), here.clock().getZone());
            here.out().println(drawing.title(Plain.line(device), Plain.line(metric)));
            here.out().println(drawing.draw());
        } else if (form.csv) {
            printCsv(series);
        } else {
            printTable(series);
        }
        return ExitCode.OK;
    }

    /** An empty answer can be a misspelt name: the hub does not know every metric that there could be. */
    private void requireKnown(HubClient api) {
        Json answer;
        try {
            answer = api.json("/api/v1/devices/" + HubClient.encoded(device), Map.of());
        } catch (CommandFailed failed) {
            throw failed.exitCode() != ExitCode.NOT_FOUND
                    ? failed
                    : new CommandFailed(
                            ExitCode.NOT_FOUND,
                            "There is no device \"" + Plain.line(device) + "\".",
                            client.command("device list"));
        }
        Set<String> metrics = new TreeSet<>();
        for (Json reading : answer.member("latest").items()) {
            metrics.addAll(reading.member("metrics").members().keySet());
        }
        if (!metrics.isEmpty() && !metrics.contains(metric)) {
            throw new CommandFailed(
                    ExitCode.NOT_FOUND,
                    Plain.line(device) + " has no metric \"" + Plain.line(metric) + "\" in this time"
                            + Nearest.to(metric, metrics)
                                    .map(near -> " – did you mean \"" + Plain.line(near) + "\"?")
                                    .orElse(".")
                            + " Its newest readings have: " + Plain.line(String.join(", ", metrics)),
                    client.command("device show " + Plain.line(device)));
        }
    }

    private long points(boolean chart) {
        if (every == null) {
            return chart ? Math.max(20, here.columns() - MARGIN) : USUAL_POINTS;
        }
        long points = (since.toMillis() + every.toMillis() - 1) / every.toMillis();
        if (points > MOST_POINTS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "these would be " + points + " rows; at most " + MOST_POINTS
                            + " are answered at once. Choose a longer --every");
        }
        return points;
    }

    private void printCsv(Series series) {
        here.out().print("time,min,avg,max\r\n");
        for (Series.Bucket bucket : series.buckets()) {
            here.out().print(bucket.time() + "," + bucket.min() + "," + bucket.avg() + "," + bucket.max() + "\r\n");
        }
    }

    private void printTable(Series series) {
        Table table = new Table().left("time").right("min").right("avg").right("max");
        for (Series.Bucket bucket : series.buckets()) {
            table.row(List.of(
                    Table.Cell.of(bucket.time().toString()),
                    cell(bucket.min()),
                    cell(bucket.avg()),
                    cell(bucket.max())));
        }
        table.print(here, client.style(here));
    }

    private static Table.Cell cell(double value) {
        return new Table.Cell(Double.toString(value), Chart.number(value));
    }
}
