package org.caravanhub.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Runs contenders one after the other, round by round, so that a noisy minute of the machine meets all of them, and prints medians
 * and their ratio to the first contender's.
 *
 * <p>{@code Contest drain WORK ROUNDS MESSAGES NAME...} or {@code Contest live WORK ROUNDS SECONDS RATE,RATE NAME...}, started in
 * the repository by {@code src/bench/run}.
 */
public final class Contest {
    private Contest() {}

    /** See above. */
    public static void main(String[] arguments) throws Exception {
        Path repository = Path.of("").toAbsolutePath();
        Path work = Path.of(arguments[1]).toAbsolutePath();
        int rounds = Integer.parseInt(arguments[2]);
        if (arguments[0].equals("drain")) {
            drain(repository, work, rounds, Integer.parseInt(arguments[3]), names(arguments, 4));
        } else {
            int[] rates = Arrays.stream(arguments[4].split(","))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            live(repository, work, rounds, Integer.parseInt(arguments[3]), rates, names(arguments, 5));
        }
    }

    private static void drain(Path repository, Path work, int rounds, int messages, List<String> names)
            throws Exception {
        Map<String, List<Drain.Result>> results = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String name : names) {
                Drain.Result result = Drain.measure(name, repository, work, messages);
                System.err.println("round=" + round + " contender=" + name + " " + result);
                results.computeIfAbsent(name, missing -> new ArrayList<>()).add(result);
            }
        }
        System.out.println("| drain of " + messages + " | rows/s | " + names.get(0)
                + " is | start to first row s | CPU-s per 100,000 | peak MB | lost | repeated |\n"
                + "|---|---|---|---|---|---|---|---|");
        double ours = median(results.getOrDefault(names.get(0), List.of()), Drain.Result::rowsPerSecond);
        results.forEach((name, seen) -> System.out.printf(
                "| %s | %,.0f | %.1f × | %.2f | %.2f | %.0f | %.0f | %.0f |%n",
                name,
                median(seen, Drain.Result::rowsPerSecond),
                ours / median(seen, Drain.Result::rowsPerSecond),
                median(seen, Drain.Result::firstRowSeconds),
                median(seen, Drain.Result::cpuSecondsPer100k),
                median(seen, Drain.Result::peakMegabytes),
                worst(seen, Drain.Result::lost),
                worst(seen, Drain.Result::repeated)));
    }

    private static void live(Path repository, Path work, int rounds, int seconds, int[] rates, List<String> names)
            throws Exception {
        Map<String, List<Live.Result>> results = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String name : names) {
                List<Live.Result> seen = Live.measure(name, repository, work, rates, seconds);
                for (int rate = 0; rate < rates.length; rate++) {
                    System.err.println(
                            "round=" + round + " rate=" + rates[rate] + " contender=" + name + " " + seen.get(rate));
                    results.computeIfAbsent(rates[rate] + "/s | " + name, missing -> new ArrayList<>())
                            .add(seen.get(rate));
                }
            }
        }
        System.out.println("| live | contender | held | p50 ms | p99 ms | " + names.get(0)
                + "'s p99 is | CPU %% of a core | MB | lost |\n|---|---|---|---|---|---|---|---|---|".formatted());
        results.forEach((key, seen) -> {
            String rate = key.substring(0, key.indexOf('|'));
            double ours = median(results.getOrDefault(rate + "| " + names.get(0), List.of()), Live.Result::p99Millis);
            System.out.printf(
                    "| %s | %s | %.1f | %.1f | %.2f × | %.0f | %.0f | %.0f |%n",
                    key,
                    seen.stream().allMatch(Live.Result::held) ? "yes" : "no",
                    median(seen, Live.Result::p50Millis),
                    median(seen, Live.Result::p99Millis),
                    ours / median(seen, Live.Result::p99Millis),
                    median(seen, Live.Result::cpuPercent),
                    median(seen, Live.Result::megabytes),
                    worst(seen, Live.Result::lost));
        });
    }

    private static List<String> names(String[] arguments, int from) {
        return List.of(arguments).subList(from, arguments.length);
    }

    private static <T> double median(List<T> results, ToDoubleFunction<T> figure) {
        double[] sorted = results.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static <T> double worst(List<T> results, ToDoubleFunction<T> figure) {
        return results.stream().mapToDouble(figure).max().orElseThrow();
    }
}
