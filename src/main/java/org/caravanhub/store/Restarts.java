package org.caravanhub.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravanhub.ota.Beat;

/** How often devices started again, by their statuses: uptime that falls, and the counters that some firmware sends. */
final class Restarts {
    private static final Pattern COUNTER =
            Pattern.compile("\"(?:reset|boot|reboot|restart)_?[cC]ount\"\\s*:\\s*(\\d{1,9})");

    private Restarts() {}

    /** What a status tells of it; a counter that it does not have is -1. */
    record Told(String device, Beat beat, int counter) {}

    static Told beat(ResultSet row) throws SQLException {
        long uptime = row.getLong("uptime_s");
        Beat beat = new Beat(Instant.ofEpochMilli(row.getLong("as_of")), row.wasNull() ? -1 : uptime);
        Matcher counter = COUNTER.matcher(row.getString("details"));
        return new Told(row.getString("device"), beat, counter.find() ? Integer.parseInt(counter.group(1)) : -1);
    }

    /** By device; from statuses in order of time. */
    static Map<String, Integer> of(List<Told> told) {
        Map<String, List<Beat>> beats = new HashMap<>();
        Map<String, Integer> first = new HashMap<>();
        Map<String, Integer> restarts = new HashMap<>();
        for (Told one : told) {
            beats.computeIfAbsent(one.device(), none -> new ArrayList<>()).add(one.beat());
            if (one.counter() >= 0) {
                int before = first.computeIfAbsent(one.device(), none -> one.counter());
                restarts.merge(one.device(), one.counter() - before, Math::max);
            }
        }
        beats.forEach((device, all) -> restarts.merge(device, Beat.restarts(all), Math::max));
        return restarts;
    }
}
