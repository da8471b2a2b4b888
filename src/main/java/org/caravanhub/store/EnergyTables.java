package org.caravanhub.store;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.caravanhub.power.Energy;
import org.caravanhub.power.EnergyBook;
import org.caravanhub.reading.Buckets;

/**
 * Energy out of readings and roll-ups, hour by hour. A day of a place is made of hours; where it begins within one, as in India, that hour
 * is divided by its quarters, or by the time if nobody knows these any more. Safe for use by many threads.
 */
public final class EnergyTables implements EnergyBook {
    /** Into a station, out of it, and into it from the sun. */
    private static final List<String> METRICS = List.of("in_w", "out_w", "solar_w");

    private static final long HOUR = 3_600_000;
    private static final long QUARTER = HOUR / 4;

    private final SeriesQuery series;
    private final Duration gap;

    /**
     * Of these readings.
     *
     * @param gap readings further apart than that have no energy between them
     */
    public EnergyTables(Queries queries, Duration gap) {
        this.series = new SeriesQuery(queries, gap);
        this.gap = gap;
    }

    @Override
    public List<Energy> hours(String device, Instant from, Instant to) {
        long first = nextHour(from);
        long last = nextHour(to);
        if (first >= last) {
            return List.of();
        }
        List<Flow> flows = flows(device, first, last);
        return IntStream.range(0, (int) ((last - first) / HOUR))
                .mapToObj(hour -> energy(first + hour * HOUR, first + hour * HOUR + HOUR, metric -> flows.get(metric)
                        .between(hour, hour + 1)))
                .toList();
    }

    @Override
    public List<Energy> days(String device, Instant from, Instant to, ZoneId zone) {
        List<Instant> starts = new ArrayList<>();
        LocalDate day = LocalDate.ofInstant(from, zone);
        if (day.atStartOfDay(zone).toInstant().isBefore(from)) {
            day = day.plusDays(1);
        }
        while (day.atStartOfDay(zone).toInstant().isBefore(to)) {
            starts.add(day.atStartOfDay(zone).toInstant());
            day = day.plusDays(1);
        }
        starts.add(day.atStartOfDay(zone).toInstant());
        return starts.size() == 1 ? List.of() : between(device, starts);
    }

    @Override
    public Energy today(String device, Instant now, ZoneId zone) {
        Instant start = LocalDate.ofInstant(now, zone).atStartOfDay(zone).toInstant();
        // Nothing was measured after now, so that the hour need not be cut.
        Instant end = Instant.ofEpochMilli(nextHour(now.plusMillis(1)));
        Energy day = between(device, List.of(start, end)).get(0);
        return new Energy(start, now, day.inWh(), day.outWh(), day.solarWh(), day.covered());
    }

    @Override
    public Duration gap() {
        return gap;
    }

    private static long nextHour(Instant moment) {
        return -Math.floorDiv(-moment.toEpochMilli(), HOUR) * HOUR;
    }

    /** Of the stretches between these moments. */
    private List<Energy> between(String device, List<Instant> moments) {
        long first = Math.floorDiv(moments.get(0).toEpochMilli(), HOUR) * HOUR;
        List<Flow> flows = flows(device, first, nextHour(moments.get(moments.size() - 1)));
        List<List<Part>> known = flows.stream()
                .map(flow -> moments.stream()
                        .map(moment -> flow.until(device, moment.toEpochMilli()))
                        .toList())
                .toList();
        return IntStream.range(0, moments.size() - 1)
                .mapToObj(i -> energy(
                        moments.get(i).toEpochMilli(), moments.get(i + 1).toEpochMilli(), metric -> known.get(metric)
                                .get(i + 1)
                                .minus(known.get(metric).get(i))))
                .toList();
    }

    private static Energy energy(long from, long to, IntFunction<Part> part) {
        List<Part> parts = IntStream.range(0, METRICS.size()).mapToObj(part).toList();
        return new Energy(
                Instant.ofEpochMilli(from),
                Instant.ofEpochMilli(to),
                parts.get(0).energy(),
                parts.get(1).energy(),
                parts.get(2).energy(),
                Duration.ofMillis(Math.round(
                        parts.stream().mapToDouble(Part::coveredMs).max().orElse(0))));
    }

    private List<Flow> flows(String device, long first, long last) {
        Buckets hours = new Buckets(first, last, HOUR);
        return METRICS.stream()
                .map(metric -> new Flow(metric, first, series.flow(device, metric, hours)))
                .toList();
    }

    /** What is known of a stretch; nothing of one of which no time is covered. */
    private record Part(double wattHours, double coveredMs) {
        Part minus(Part before) {
            return new Part(wattHours - before.wattHours, coveredMs - before.coveredMs);
        }

        OptionalDouble energy() {
            return coveredMs < 1 ? OptionalDouble.empty() : OptionalDouble.of(wattHours);
        }
    }

    /** One metric, added up from the first hour on. */
    private final class Flow {
        private final String metric;
        private final long first;
        private final double[] wattHours;
        private final long[] coveredMs;

        Flow(String metric, long first, EnergyColumns hours) {
            this.metric = metric;
            this.first = first;
            double[] energy = hours.wattHours();
            long[] covered = hours.coveredMs();
            wattHours = new double[energy.length + 1];
            coveredMs = new long[energy.length + 1];
            for (int hour = 0; hour < energy.length; hour++) {
                wattHours[hour + 1] = wattHours[hour] + (Double.isNaN(energy[hour]) ? 0 : energy[hour]);
                coveredMs[hour + 1] = coveredMs[hour] + covered[hour];
            }
        }

        Part between(int from, int to) {
            return upTo(to).minus(upTo(from));
        }

        private Part upTo(int hour) {
            return new Part(wattHours[hour], coveredMs[hour]);
        }

        Part until(String device, long moment) {
            int hour = (int) ((moment - first) / HOUR);
            Part before = upTo(hour);
            long rest = moment - first - hour * HOUR;
            if (rest == 0) {
                return before;
            }
            Part whole = between(hour, hour + 1);
            Part share = whole.energy().isEmpty() ? new Part(0, 0) : share(device, first + hour * HOUR, rest);
            return new Part(
                    before.wattHours + whole.wattHours * share.wattHours,
                    before.coveredMs + whole.coveredMs * share.coveredMs);
        }

        /** What of an hour's energy and covered time is before a moment in it: by its quarters, of which zones are made. */
        private Part share(String device, long hour, long rest) {
            EnergyColumns quarters = series.flow(device, metric, new Buckets(hour, hour + HOUR, QUARTER));
            double[] energy = quarters.wattHours();
            long[] covered = quarters.coveredMs();
            double[] before = {0, 0};
            double[] all = {0, 0};
            for (int quarter = 0; quarter < energy.length; quarter++) {
                double part = Math.max(0, Math.min(1, (double) (rest - quarter * QUARTER) / QUARTER));
                double known = Double.isNaN(energy[quarter]) ? 0 : energy[quarter];
                before[0] += part * known;
                before[1] += part * covered[quarter];
                all[0] += known;
                all[1] += covered[quarter];
            }
            double ofTime = all[1] == 0 ? (double) rest / HOUR : before[1] / all[1];
            double ofEnergy = before[0] / all[0];
            // Where it flows to and fro, shares say nothing.
            return new Part(ofEnergy >= 0 && ofEnergy <= 1 ? ofEnergy : ofTime, ofTime);
        }
    }
}
