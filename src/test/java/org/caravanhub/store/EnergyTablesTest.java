package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
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

    @Test
    void aDayWithSixHoursOfOutageIsTheTruthOverTheCoveredTime() throws Exception {
        PolledDay polled = Once.POLLED;
        keep(polled.readings());
        List<Energy> hours = book.hours(PolledDay.DEVICE, MIDNIGHT, MIDNIGHT.plus(DAY));
        for (Energy hour : hours) {
            double[] truth = truth(polled, hour.from().toEpochMilli(), hour.to().toEpochMilli());
            System.out.printf(
                    "%s in %8.2f of %8.2f (%6.2f %%) out %8.2f of %8.2f (%6.2f %%) covered %s of %.0f s%n",
                    hour.from(),
                    hour.inWh().orElse(Double.NaN),
                    truth[0],
                    100 * (hour.inWh().orElse(0) / truth[0] - 1),
                    hour.outWh().orElse(Double.NaN),
                    truth[1],
                    100 * (hour.outWh().orElse(0) / truth[1] - 1),
                    hour.covered(),
                    truth[2]);
        }
        Energy day = book.days(PolledDay.DEVICE, MIDNIGHT, MIDNIGHT.plus(DAY), ZoneOffset.UTC).get(0);
        double[] truth = truth(polled, day.from().toEpochMilli(), day.to().toEpochMilli());
        System.out.println(day + " " + Arrays.toString(truth));
    }

    /** Of the time between readings that are near enough: Wh in and out, and seconds. */
    private static double[] truth(PolledDay polled, long from, long to) {
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
