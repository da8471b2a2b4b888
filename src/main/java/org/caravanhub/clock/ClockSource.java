package org.caravanhub.clock;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whom the machine has its time from, as far as every user may see: the programs that keep it leave files in {@code /run}, and the kernel shows
 * a battery clock in {@code /sys}.
 */
public final class ClockSource {
    private static final Duration FRESH = Duration.ofHours(3);

    private final Path root;
    private final Clock wall;

    /** @param root {@code /}; in tests another tree */
    public ClockSource(Path root, Clock wall) {
        this.root = root;
        this.wall = wall;
    }

    /**
     * A battery clock.
     *
     * @param name of its driver: {@code rtc-ds1307}
     * @param offset how much it is ahead of the machine's; negative if behind
     */
    public record Battery(String name, Duration offset) {}

    /** {@code systemd-timesyncd, 12 min ago; a battery clock (rpi_rtc) that agrees}. */
    public String words() {
        String keeper = String.join(", ", keepers());
        String battery = battery().map(ClockSource::words).orElse("no battery clock");
        return (keeper.isEmpty() ? "no time server" : keeper) + "; " + battery;
    }

    private static String words(Battery battery) {
        return "a battery clock (" + battery.name() + ") that "
                + (isOff(battery) ? "is off by " + battery.offset().abs().toMinutes() + " min" : "agrees");
    }

    /** Whether it would mislead a machine that starts without a network. */
    public static boolean isOff(Battery battery) {
        return battery.offset().abs().compareTo(Duration.ofMinutes(2)) > 0;
    }

    /** The battery clock, if there is one that can be read. */
    public Optional<Battery> battery() {
        Optional<String> since = text("sys/class/rtc/rtc0/since_epoch").filter(text -> text.matches("\\d{1,18}"));
        return since.map(seconds -> new Battery(
                text("sys/class/rtc/rtc0/name").map(name -> name.split(" ")[0]).orElse("rtc0"),
                Duration.between(wall.instant(), Instant.ofEpochSecond(Long.parseLong(seconds)))));
    }

    private List<String> keepers() {
        List<String> found = new ArrayList<>();
        Path touched = root.resolve("run/systemd/timesync/synchronized");
        try {
            Duration age = Duration.between(Files.getLastModifiedTime(touched).toInstant(), wall.instant());
            found.add("systemd-timesyncd, " + (age.compareTo(FRESH) > 0 ? "not heard for " : "heard ")
                    + Math.max(0, age.toMinutes()) + " min" + (age.compareTo(FRESH) > 0 ? "" : " ago"));
        } catch (IOException e) {
            // Another program keeps the clock, or none.
        }
        if (Files.isDirectory(root.resolve("run/chrony"))) { // which others may not look into
            found.add("chrony");
        }
        if (isThere("run", "ntpd.pid") || isThere("run", "openntpd.pid")) {
            found.add("ntpd");
        }
        if (isThere("run", "gpsd.*")) {
            found.add("a GPS receiver (gpsd)");
        }
        return found;
    }

    private boolean isThere(String folder, String glob) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(folder), glob)) {
            return files.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }

    private Optional<String> text(String path) {
        try {
            return Optional.of(Files.readString(root.resolve(path), StandardCharsets.US_ASCII)
                    .strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
