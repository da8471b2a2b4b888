package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import org.caravanhub.ecoflow.PolledDay;
import org.caravanhub.ecoflow.StationDay;
import org.caravanhub.power.Energy;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.caravanhub.upkeep.Due;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Energy is what readings say, through roll-ups, outages and time zones. */
class EnergyTablesTest {
    private static final Duration GAP = Duration.ofMinutes(10);
    private static final Instant MIDNIGHT = StationDay.MIDNIGHT;
    private static final Duration DAY = Duration.ofDays(1);
    private static final long HOUR_MS = 3_600_000;

    @TempDir
    Path folder;

    private TestDatabase store;
    private Queries queries;
    private EnergyTables book;

    @BeforeEach
    void open() {
        store = open(folder);
        queries = new Queries(store.database(), Duration.ofSeconds(30));
        book = new EnergyTables(queries, GAP);
    }

    /** A database of the kind that this is about. */
    TestDatabase open(Path data) {
        return new TestStore(data);
    }

    @AfterEach
    void close() throws Exception {
        queries.close();
        store.close();
    }

    /** Whatever is in it, as somebody with a tool for databases would do. */
    void run(Path data, List<String> statements) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("caravan.db"));
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** The same database, when it was closed. */
    TestDatabase again(Path data) {
        return new TestStore(data);
    }

    private static final class Once {
        static final PolledDay POLLED = polled();

        private static PolledDay polled() {
            try {
                return PolledDay.passed();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * A fridge switches between two polls: what an hour is off by it is half an interval of 58 W for each time. Nobody who asks once a minute can
     * know it better, and over the day it evens out.
     */
    @Test
    void aDayWithSixHoursOfOutageIsTheTruthOverTheCoveredTime() throws Exception {
        PolledDay polled = Once.POLLED;
        keep(polled.readings());
        List<Energy> hours = hours(PolledDay.DEVICE, 24);
        for (int hour = 0; hour < 24; hour++) {
            Energy told = hours.get(hour);
            double[] truth = truth(polled, told);
            if (List.of(PolledDay.OFFLINE, PolledDay.NO_INTERNET, PolledDay.REPEATED)
                            .contains(hour)
                    || List.of(PolledDay.OFFLINE + 1, PolledDay.NO_INTERNET + 1, PolledDay.REPEATED + 1)
                            .contains(hour)) {
                assertThat(told.covered()).as("%s", told).isZero();
                assertThat(told.outWh()).as("%s", told).isEmpty();
            } else {
                assertThat(told.covered().toMillis() / 1000.0)
                        .as("%s", told)
                        .isCloseTo(truth[2], within(0.01 * truth[2]));
                assertThat(told.inWh().orElseThrow())
                        .as("%s", told)
                        .isCloseTo(truth[0], within(0.05 + 0.01 * truth[0]));
                assertThat(told.outWh().orElseThrow())
                        .as("%s", told)
                        .isCloseTo(truth[1], within(0.9 + 0.01 * truth[1]));
            }
        }
        Energy day = day(PolledDay.DEVICE);
        double[] truth = truth(polled, day);
        assertThat(day.inWh().orElseThrow()).isCloseTo(truth[0], within(0.01 * truth[0]));
        assertThat(day.solarWh()).isEqualTo(day.inWh());
        assertThat(day.outWh().orElseThrow()).isCloseTo(truth[1], within(0.01 * truth[1]));
        assertThat(day.covered().toMillis() / 1000.0).isCloseTo(truth[2], within(0.01 * truth[2]));
        assertThat(day.covered()).isBetween(Duration.ofHours(17), Duration.ofHours(18));

        roll(MIDNIGHT.plus(DAY).plusSeconds(900));
        assertThat(store.number("select count(*) from unrolled")).isZero();
        same(hours(PolledDay.DEVICE, 24), hours);
        same(List.of(day(PolledDay.DEVICE)), List.of(day));

        try (UpkeepFlows flows = flows(MIDNIGHT.plus(Duration.ofDays(100)))) {
            flows.run("let-raw-go");
        }
        assertThat(store.number("select count(*) from reading")).isZero();
        same(hours(PolledDay.DEVICE, 24), hours);
        same(List.of(day(PolledDay.DEVICE)), List.of(day));
    }

    @Test
    void whateverWasRolledUpAndComesLateEnergyIsWhatTheReadingsSay() throws Exception {
        Random random = new Random(3);
        TreeMap<Long, Double> watts = new TreeMap<>();
        for (int minute = 1; minute < 720; minute += 1 + random.nextInt(random.nextInt(9) == 0 ? 40 : 4)) {
            watts.put(
                    MIDNIGHT.toEpochMilli() + minute * 60_000L + random.nextInt(60_000), random.nextInt(4_000) - 500.0);
        }
        List<Long> late =
                watts.keySet().stream().filter(at -> random.nextInt(4) == 0).toList();
        Map<Long, Double> first = new TreeMap<>(watts);
        first.keySet().removeAll(late);

        keep(readings("hut", first));
        same(hours("hut", 12), reference(first, 12));
        roll(MIDNIGHT.plus(DAY));
        same(hours("hut", 12), reference(first, 12));
        Map<Long, Double> some = new TreeMap<>(first);
        for (Long at : late) {
            some.put(at, watts.get(at));
            keep(readings("hut", Map.of(at, watts.get(at))));
            if (random.nextInt(8) == 0) {
                same(hours("hut", 12), reference(some, 12));
                roll(MIDNIGHT.plus(DAY));
                same(hours("hut", 12), reference(some, 12));
            }
        }
        // What comes again is no more than it was.
        keep(readings("hut", watts));
        roll(MIDNIGHT.plus(DAY));
        same(hours("hut", 12), reference(watts, 12));
        try (UpkeepFlows flows = flows(MIDNIGHT.plus(Duration.ofDays(100)))) {
            flows.run("let-raw-go");
        }
        same(hours("hut", 12), reference(watts, 12));
    }

    /** A database of before, with sums that know no covered time and were not cut at the full hour. */
    @Test
    void sumsOfBeforeAreMadeAgainWhereTheirReadingsAreStillThere() throws Exception {
        Map<Long, Double> watts = new TreeMap<>();
        for (int minute = 2; minute < 360; minute += 7) {
            watts.put(MIDNIGHT.plusSeconds(60L * minute).toEpochMilli(), 100.0 + minute);
        }
        keep(readings("hut", watts));
        roll(MIDNIGHT.plus(DAY));
        close();
        run(
                folder,
                List.of(
                        "drop view device_told",
                        "drop view rolling_number",
                        "create view rolling_number as select 1 as old",
                        "alter table roll_up_5_minutes drop column covered_ms",
                        "alter table roll_up_hour drop column covered_ms",
                        "alter table roll_up_day drop column covered_ms",
                        "update roll_up_5_minutes set energy_wh = energy_wh + 1",
                        "update roll_up_hour set energy_wh = energy_wh + 1",
                        "update roll_up_day set energy_wh = energy_wh + 1",
                        "delete from flyway_schema_history where cast(version as integer) > 13"));
        forgetHourAfter();

        store = again(folder);
        queries = new Queries(store.database(), Duration.ofSeconds(30));
        book = new EnergyTables(queries, GAP);
        same(hours("hut", 6), reference(watts, 6));
        roll(MIDNIGHT.plus(DAY));
        assertThat(store.number("select count(*) from unrolled")).isZero();
        same(hours("hut", 6), reference(watts, 6));
        assertThat(day("hut").outWh().orElseThrow())
                .isCloseTo(
                        hours("hut", 6).stream()
                                .mapToDouble(hour -> hour.outWh().orElseThrow())
                                .sum(),
                        within(1e-6));
        assertThat(store.number("select count(*) from device_told")).isOne();
    }

    void forgetHourAfter() throws Exception {
        run(folder, List.of("delete from hour_before where n = 1"));
    }

    @Test
    void aDayHasAsManyHoursAsThePlaceSays() throws Exception {
        Instant from = Instant.parse("2026-10-23T12:00:00Z");
        Map<Long, Double> watts = new TreeMap<>();
        for (int minute = 0; minute <= 3 * 1440; minute += 5) {
            watts.put(from.plusSeconds(60L * minute).toEpochMilli(), 100.0);
        }
        keep(readings("hut", watts));
        for (boolean isRolled : List.of(false, true)) {
            assertThat(wattHours("Europe/Paris")).as("a day of 25 hours").containsExactly(2400, 2500);
            assertThat(wattHours("Asia/Kolkata")).as("half an hour off").containsExactly(2400, 2400);
            assertThat(wattHours("Asia/Kathmandu")).as("a quarter off").containsExactly(2400, 2400);
            if (!isRolled) {
                roll(from.plus(Duration.ofDays(6)));
            }
        }
        Energy soFar = book.today("hut", Instant.parse("2026-10-25T10:20:00Z"), ZoneId.of("Asia/Kolkata"));
        assertThat(soFar.from()).isEqualTo(Instant.parse("2026-10-24T18:30:00Z"));
    }

    private double[] wattHours(String zone) {
        ZoneId place = ZoneId.of(zone);
        Instant from = LocalDate.of(2026, 10, 24).atStartOfDay(place).toInstant();
        Instant to = LocalDate.of(2026, 10, 26).atStartOfDay(place).toInstant();
        return book.days("hut", from, to, place).stream()
                .mapToDouble(day -> Math.round(day.outWh().orElse(0)))
                .toArray();
    }

    @Test
    void todayIsWhatFlowedUntilNow() throws Exception {
        Map<Long, Double> watts = new TreeMap<>();
        for (int minute = 0; minute <= 620; minute++) {
            watts.put(MIDNIGHT.plusSeconds(60L * minute).toEpochMilli(), minute % 2 == 0 ? 0.0 : 2000.0);
        }
        keep(readings("hut", watts));

        Energy today = book.today("hut", MIDNIGHT.plusSeconds(620 * 60 + 20), ZoneOffset.UTC);

        // It is on for one minute and off for the next.
        assertThat(today.outWh().orElseThrow()).isCloseTo(10_333.3, within(0.1));
        assertThat(today.covered()).isEqualTo(Duration.ofMinutes(620));
        assertThat(today.inWh()).isEmpty();
        assertThat(book.today("hut", MIDNIGHT.plus(Duration.ofDays(3)), ZoneOffset.UTC)
                        .covered())
                .isZero();
        assertThat(book.days("hut", MIDNIGHT.plusMillis(1), MIDNIGHT.plusMillis(2), ZoneOffset.UTC))
                .isEmpty();
    }

    /** A bridge beside the station and the cloud may tell of the same minute. */
    @Test
    void whatIsHeardInTwoWaysDoesNotFlowTwice() throws Exception {
        Map<Long, Double> watts = new TreeMap<>();
        for (int minute = 0; minute <= 180; minute++) {
            watts.put(MIDNIGHT.plusSeconds(60L * minute).toEpochMilli(), 120.0);
        }
        Source cloud = Source.of("hut", "ecoflow");
        Source bridge = new Source("hut", "ecoflow", "bridge-1", "", "", "", "");
        Source other = new Source("hut", "ecoflow", "", "", "second-outlet", "", "");
        keep(readings(cloud, watts));
        keep(readings(bridge, watts));
        assertThat(hours("hut", 3))
                .allSatisfy(hour -> assertThat(hour.outWh().orElseThrow()).isCloseTo(120, within(1e-6)));

        keep(readings(other, watts));
        assertThat(hours("hut", 3))
                .allSatisfy(hour -> assertThat(hour.outWh().orElseThrow()).isCloseTo(240, within(1e-6)));
    }

    /** What each hour should be: between two readings a straight line, cut at the full hour. */
    private static List<Energy> reference(Map<Long, Double> watts, int count) {
        double[] energy = new double[count];
        double[] covered = new double[count];
        List<Long> times = List.copyOf(watts.keySet());
        for (int i = 1; i < times.size(); i++) {
            long before = times.get(i - 1);
            long at = times.get(i);
            for (int hour = 0; at - before <= GAP.toMillis() && hour < count; hour++) {
                long start = MIDNIGHT.toEpochMilli() + hour * HOUR_MS;
                double from = Math.max(before, start);
                double to = Math.min(at, start + HOUR_MS);
                if (from < to) {
                    double first = watts.getOrDefault(before, Double.NaN);
                    double slope = (watts.getOrDefault(at, Double.NaN) - first) / (at - before);
                    double middle = first + slope * ((from + to) / 2 - before);
                    energy[hour] += middle * (to - from) / HOUR_MS;
                    covered[hour] += to - from;
                }
            }
        }
        List<Energy> all = new ArrayList<>();
        for (int hour = 0; hour < count; hour++) {
            Instant from = MIDNIGHT.plusMillis(hour * HOUR_MS);
            OptionalDouble out = covered[hour] == 0 ? OptionalDouble.empty() : OptionalDouble.of(energy[hour]);
            all.add(new Energy(
                    from,
                    from.plusMillis(HOUR_MS),
                    OptionalDouble.empty(),
                    out,
                    OptionalDouble.empty(),
                    Duration.ofMillis((long) covered[hour])));
        }
        return all;
    }

    private List<Energy> hours(String device, int count) {
        return book.hours(device, MIDNIGHT, MIDNIGHT.plusMillis(count * HOUR_MS));
    }

    private Energy day(String device) {
        return book.days(device, MIDNIGHT, MIDNIGHT.plus(DAY), ZoneOffset.UTC).get(0);
    }

    private static void same(List<Energy> found, List<Energy> wanted) {
        assertThat(found).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.size(); i++) {
            Energy one = found.get(i);
            Energy other = wanted.get(i);
            assertThat(one.from()).isEqualTo(other.from());
            assertThat(one.covered()).as("%s", other).isEqualTo(other.covered());
            assertThat(one.outWh().isPresent())
                    .as("%s", other)
                    .isEqualTo(other.outWh().isPresent());
            assertThat(one.outWh().orElse(0))
                    .as("%s", other)
                    .isCloseTo(other.outWh().orElse(0), within(1e-6));
            assertThat(one.inWh().orElse(-1))
                    .as("%s", other)
                    .isCloseTo(other.inWh().orElse(-1), within(1e-6));
        }
    }

    private static List<Reading> readings(String device, Map<Long, Double> watts) {
        return readings(Source.of(device, "ecoflow"), watts);
    }

    private static List<Reading> readings(Source source, Map<Long, Double> watts) {
        return new TreeMap<>(watts)
                .entrySet().stream()
                        .map(one -> {
                            Instant at = Instant.ofEpochMilli(one.getKey());
                            byte[] metrics = ("{\"out_w\":" + one.getValue() + "}").getBytes(StandardCharsets.UTF_8);
                            return new Reading(source, at, at, Metrics.ofChecked(metrics), 0);
                        })
                        .toList();
    }

    private void roll(Instant now) throws Exception {
        try (UpkeepFlows flows = flows(now)) {
            flows.run("roll-up-5-minutes", "roll-up-hours", "roll-up-days");
        }
    }

    private UpkeepFlows flows(Instant now) throws Exception {
        return new UpkeepFlows(folder, store.database(), store.writer(), new Due.Limits(90, 400, 4L << 30, GAP), now);
    }

    /** Of the time between readings that are near enough: Wh in and out, and seconds. */
    private static double[] truth(PolledDay polled, Energy told) {
        long from = told.from().toEpochMilli();
        long to = told.to().toEpochMilli();
        double[] truth = new double[3];
        List<Reading> all = polled.readings();
        for (int i = 1; i < all.size(); i++) {
            long before = all.get(i - 1).measuredAt().toEpochMilli();
            long at = all.get(i).measuredAt().toEpochMilli();
            if (at - before <= GAP.toMillis() && before < to && at > from) {
                long begin = Math.max(before, from);
                long end = Math.min(at, to);
                truth[0] += polled.day().inWh(begin, end);
                truth[1] += polled.day().outWh(begin, end);
                truth[2] += (end - begin) / 1000.0;
            }
        }
        return truth;
    }

    private void keep(List<? extends Outcome> readings) throws Exception {
        for (int from = 0; from < readings.size(); from += 500) {
            List<? extends Outcome> part = readings.subList(from, Math.min(from + 500, readings.size()));
            store.keep(part.toArray(new Outcome[0]));
        }
    }
}
