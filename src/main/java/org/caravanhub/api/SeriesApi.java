package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Question;
import org.caravanhub.reading.Buckets;
import org.caravanhub.reading.Unit;
import org.caravanhub.store.SeriesColumns;
import org.caravanhub.store.SeriesQuery;
import org.jspecify.annotations.Nullable;

/** {@code show-series}. */
public final class SeriesApi {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final SeriesQuery series;
    private final Clock clock;

    /** Answers from this query. */
    public SeriesApi(SeriesQuery series, Clock clock) {
        this.series = series;
        this.clock = clock;
    }

    /** What is told of one device: columns by name, in the order of the answer. */
    private record Line(String device, Map<String, double[]> columns) {}

    /** One metric of some devices in columns; a bucket without a number is null. */
    public Answer show(Question question) {
        TimeSpan span = TimeSpan.of(question, clock);
        Buckets buckets = buckets(span, question);
        String metric = question.word("metric");
        String aggregate = question.word("agg");
        List<Line> lines = new ArrayList<>();
        for (String device : question.words("device")) {
            lines.add(new Line(device, columns(device, metric, aggregate, buckets)));
        }
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeNumberField("bucket_ms", buckets.widthMs());
            json.writeArrayFieldStart("t");
            for (int bucket = 0; bucket < buckets.count(); bucket++) {
                json.writeNumber(buckets.startMs(bucket));
            }
            json.writeEndArray();
            json.writeArrayFieldStart("series");
            for (Line line : lines) {
                write(json, line, metric);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** As narrow as was asked for, or as is left of what is old. */
    private Buckets buckets(TimeSpan span, Question question) {
        Buckets buckets = Buckets.of(span.from(), span.to(), (int) question.number("points"));
        boolean isOld = question.words("device").stream().anyMatch(device -> series.isOnlySums(device, buckets));
        return isOld ? buckets.atLeast(FIVE_MINUTES) : buckets;
    }

    private Map<String, double[]> columns(String device, String metric, String aggregate, Buckets buckets) {
        return switch (aggregate) {
            case "last" -> Map.of(aggregate, series.last(device, metric, buckets));
            case "energy" -> Map.of(aggregate, series.energy(device, metric, buckets));
            default -> spread(aggregate, series.spread(device, metric, buckets));
        };
    }

    private static Map<String, double[]> spread(String aggregate, SeriesColumns spread) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        switch (aggregate) {
            case "min" -> columns.put("min", spread.min());
            case "max" -> columns.put("max", spread.max());
            case "sum" -> columns.put("sum", spread.sum());
            case "count" -> columns.put("count", spread.count());
            case "minmax" -> {
                columns.put("min", spread.min());
                columns.put("max", spread.max());
                columns.put("avg", spread.avg());
            }
            default -> columns.put("avg", spread.avg());
        }
        return columns;
    }

    private static void write(JsonGenerator json, Line line, String metric) throws IOException {
        json.writeStartObject();
        json.writeStringField("device", line.device());
        json.writeStringField("metric", metric);
        json.writeStringField("unit", unit(line, metric));
        for (Map.Entry<String, double[]> column : line.columns().entrySet()) {
            json.writeArrayFieldStart(column.getKey());
            for (double value : column.getValue()) {
                writeNumber(json, value);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static @Nullable String unit(Line line, String metric) {
        if (line.columns().containsKey("energy")) {
            return "Wh";
        }
        return line.columns().containsKey("count") ? null : Unit.of(metric).orElse(null);
    }

    /** Whole numbers without {@code .0}; others to six decimals, since the rest of a mean is noise of adding up. */
    private static void writeNumber(JsonGenerator json, double value) throws IOException {
        if (Double.isNaN(value)) {
            json.writeNull();
        } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            json.writeNumber((long) value);
        } else {
            double scaled = value * 1e6;
            json.writeNumber(Math.abs(scaled) < 1e15 ? Math.rint(scaled) / 1e6 : value);
        }
    }
}
