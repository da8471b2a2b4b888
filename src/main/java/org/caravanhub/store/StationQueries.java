package org.caravanhub.store;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.caravanhub.reading.Reading;

/** Asks for power stations, whoever told of them. */
public final class StationQueries {
    private static final Sql STATIONS = Sql.load("power/select-stations");
    private static final int MOST = 64;

    private final Queries queries;
    private final ReadingQueries readings;

    /** Questions on these connections. */
    public StationQueries(Queries queries) {
        this.queries = queries;
        this.readings = new ReadingQueries(queries);
    }

    /** Every station that was ever heard, in order of id; at most 64. */
    public List<String> devices() {
        return queries.all(STATIONS, new Values().with("limit", MOST), row -> row.getString("id"));
    }

    /** The newest reading of a station, of whichever of its voices. */
    public Optional<Reading> newest(String device) {
        return readings.latest(device).stream()
                .map(PlacedReading::reading)
                .max(Comparator.comparing(Reading::measuredAt));
    }
}
