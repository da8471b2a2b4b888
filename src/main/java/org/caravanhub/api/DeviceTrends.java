package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.caravanhub.http.Moment;
import org.caravanhub.reading.MetricMembers;
import org.caravanhub.reading.Status;
import org.caravanhub.store.PlacedReading;
import org.caravanhub.store.TrendQueries.Point;
import org.caravanhub.store.TrendQueries.Trend;

/** How battery and radio of a device are and were: the newest value, and how it changed in seven days, or since there are hours of it. */
final class DeviceTrends {
    private static final Pattern WORN = Pattern.compile("\"(battery[a-z0-9_]*|[a-z0-9_]*rssi_dbm)\"");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,17}(\\.\\d{1,17})?");

    private DeviceTrends() {}

    private record Name(String sensor, String metric) {}

    /**
     * Writes {@code "trends": [...]} into an object that is open.
     *
     * @param past from the roll-ups, which are up to an hour late
     * @param latest what the device measured last
     * @param status what it said of itself last
     */
    static void write(JsonGenerator json, List<Trend> past, List<PlacedReading> latest, Optional<Status> status)
            throws IOException {
        Map<Name, Trend> trends = new LinkedHashMap<>();
        past.forEach(trend -> trends.merge(new Name(trend.sensor(), trend.metric()), trend, DeviceTrends::newer));
        for (PlacedReading placed : latest) {
            add(placed, trends);
        }
        status.ifPresent(told -> told.vitals()
                .rssiDbm()
                .ifPresent(rssi -> put(new Name("", "status.rssi_dbm"), new Point(rssi, told.asOf()), trends)));
        json.writeArrayFieldStart("trends");
        for (Trend trend : trends.values()) {
            write(json, trend);
        }
        json.writeEndArray();
    }

    private static void add(PlacedReading placed, Map<Name, Trend> trends) {
        MetricMembers members = new MetricMembers();
        members.open(placed.reading().metrics());
        while (members.next()) {
            String name = members.name();
            String value = members.value();
            if (WORN.matcher(name).matches() && NUMBER.matcher(value).matches()) {
                Name whose = new Name(placed.reading().source().sensor(), name.substring(1, name.length() - 1));
                Point now =
                        new Point(Double.parseDouble(value), placed.reading().measuredAt());
                put(whose, now, trends);
            }
        }
    }

    private static void put(Name name, Point now, Map<Name, Trend> trends) {
        trends.merge(name, new Trend(name.sensor(), name.metric(), now, now), DeviceTrends::newer);
    }

    /** Two voices of a device may have the same name; the one that spoke last counts, and the oldest word of both. */
    private static Trend newer(Trend one, Trend other) {
        Point newest = one.newest().at().isAfter(other.newest().at()) ? one.newest() : other.newest();
        Point oldest = one.oldest().at().isBefore(other.oldest().at()) ? one.oldest() : other.oldest();
        return new Trend(one.sensor(), one.metric(), newest, oldest);
    }

    private static void write(JsonGenerator json, Trend trend) throws IOException {
        Instant at = trend.newest().at();
        Instant since = trend.oldest().at();
        json.writeStartObject();
        json.writeStringField("metric", trend.metric());
        json.writeStringField("sensor", trend.sensor());
        json.writeNumberField("value", trend.newest().value());
        json.writeStringField("at", Moment.text(at));
        if (since.isBefore(at)) {
            // Floating point leaves 0.30000000000000004 of a difference.
            double change = trend.newest().value() - trend.oldest().value();
            json.writeNumberField("change", Math.round(change * 1e6) / 1e6);
            json.writeStringField("since", Moment.text(since));
        } else {
            json.writeNullField("change");
            json.writeNullField("since");
        }
        json.writeEndObject();
    }
}
