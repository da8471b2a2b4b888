package org.caravanhub.machine;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.caravanhub.health.Exposition;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.health.MetricSource;

/** What the machine is, how long it runs, how hot it is and how much it has to do. */
public final class MachineHealth implements HealthCheck, MetricSource {
    /** A Pi slows itself down from 80 °C on. */
    private static final double HOT_CELSIUS = 80;

    private final Linux linux;

    /** Of this machine. */
    public MachineHealth(Linux linux) {
        this.linux = linux;
    }

    @Override
    public String name() {
        return "machine";
    }

    @Override
    public Health check() {
        Optional<Double> hot = celsius();
        String what = what(hot);
        if (hot.orElse(0.0) >= HOT_CELSIUS) {
            return Health.warning(
                    what, "It slows itself down, and parts age faster.", "Give it air, a heat sink or a fan.");
        }
        return Health.ok(what);
    }

    private String what(Optional<Double> hot) {
        StringBuilder text = new StringBuilder(
                linux.text("proc/device-tree/model").orElseGet(() -> "Linux with " + processors() + " processors"));
        uptime().ifPresent(up -> text.append(", up ").append(spoken(up)));
        load(0).ifPresent(load -> text.append(String.format(Locale.ROOT, ", load %.2f", load)));
        hot.ifPresent(celsius -> text.append(String.format(Locale.ROOT, ", %.0f °C", celsius)));
        return text.append('.').toString();
    }

    @Override
    public void expose(Exposition exposition) {
        celsius()
                .ifPresent(celsius ->
                        exposition.gauge("caravan_machine_celsius", "Temperature of the hottest processor.", celsius));
        uptime().ifPresent(up ->
                exposition.gauge("caravan_machine_uptime_seconds", "Time since the machine started.", up.toSeconds()));
        load(0).ifPresent(load -> exposition.gauge("caravan_machine_load", "Load over a minute.", load));
    }

    /** Of the hottest zone; some report what they cannot know as a number far away. */
    private Optional<Double> celsius() {
        Optional<Double> hottest = Optional.empty();
        for (String zone : linux.in("sys/class/thermal", "thermal_zone*")) {
            OptionalLong millis = linux.number(zone + "/temp");
            double celsius = millis.orElse(Long.MIN_VALUE) / 1000.0;
            if (celsius > -60 && celsius < 150 && celsius > hottest.orElse(-100.0)) {
                hottest = Optional.of(celsius);
            }
        }
        return hottest;
    }

    private Optional<Duration> uptime() {
        return linux.text("proc/uptime")
                .map(text -> text.split("[. ]")[0])
                .map(seconds -> Linux.number(seconds, 10).orElse(-1))
                .filter(seconds -> seconds >= 0)
                .map(Duration::ofSeconds);
    }

    /** @param which 0 over a minute, 2 over a quarter of an hour */
    private Optional<Double> load(int which) {
        return linux.text("proc/loadavg")
                .map(text -> text.split(" "))
                .filter(words -> words.length > which && words[which].matches("\\d+\\.\\d+"))
                .map(words -> Double.valueOf(words[which]));
    }

    private long processors() {
        long listed = linux.lines("proc/stat").stream()
                .filter(line -> line.matches("cpu\\d+ .*"))
                .count();
        return Math.max(1, listed);
    }

    private static String spoken(Duration up) {
        return up.toDays() > 1
                ? up.toDays() + " days"
                : up.toHours() > 1 ? up.toHours() + " h" : up.toMinutes() + " min";
    }
}
