package org.caravanhub.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;

/**
 * Whether a Raspberry Pi gets the voltage that it needs, and whether it is slowed down, as its firmware tells: in {@code get_throttled}, or as
 * an alarm of the sensor {@code rpi_volt}.
 */
public final class PiHealth implements HealthCheck {
    private static final int UNDERVOLTAGE = 0;
    private static final int CAPPED = 1;
    private static final int THROTTLED = 2;
    private static final int HOT = 3;
    /** The same bits again, for what was so since the start of the machine. */
    private static final int SINCE_START = 16;

    private static final String SUPPLY =
            "Use the maker's power supply (5.1 V; 3 A for a Pi 4, 5 A for a Pi 5) and a short thick cable,"
                    + " and feed USB disks from elsewhere.";

    private final Linux linux;

    private PiHealth(Linux linux) {
        this.linux = linux;
    }

    /** Of this machine; nothing if it is no Raspberry Pi, or does not tell. */
    public static Optional<PiHealth> of(Linux linux) {
        PiHealth health = new PiHealth(linux);
        return health.throttled().isPresent() || health.alarm().isPresent() ? Optional.of(health) : Optional.empty();
    }

    @Override
    public String name() {
        return "pi";
    }

    @Override
    public Health check() {
        long bits = throttled().orElse(0);
        boolean isLow = is(bits, UNDERVOLTAGE) || alarm().orElse(0) == 1;
        if (isLow) {
            return Health.warning(
                    "The voltage is too low now.",
                    "A Pi with too little voltage damages its card, loses USB disks and restarts.",
                    SUPPLY);
        }
        List<String> now = slowed(bits);
        if (!now.isEmpty()) {
            return Health.warning(
                    "The Pi is slowed down now: " + String.join(", ", now) + ".",
                    "It does its work later, and everything waits longer.",
                    is(bits, HOT) ? "Give it air, a heat sink or a fan." : SUPPLY);
        }
        if (is(bits, SINCE_START + UNDERVOLTAGE)) {
            return Health.warning(
                    "The voltage was too low at least once since the machine started.",
                    "A Pi with too little voltage damages its card, loses USB disks and restarts.",
                    SUPPLY + " This is forgotten at the next start of the machine.");
        }
        List<String> before = slowed(bits >> SINCE_START);
        return Health.ok("The voltage is well"
                + (before.isEmpty()
                        ? "."
                        : "; it was slowed down since the start: " + String.join(", ", before) + "."));
    }

    private static List<String> slowed(long bits) {
        List<String> words = new ArrayList<>();
        if (is(bits, HOT)) {
            words.add("it is hot");
        }
        if (is(bits, CAPPED)) {
            words.add("its speed is capped");
        }
        if (is(bits, THROTTLED)) {
            words.add("it is throttled");
        }
        return words;
    }

    private static boolean is(long bits, int bit) {
        return (bits >> bit & 1) == 1;
    }

    /** A Pi 5 has an address in the name of its {@code soc}. */
    private OptionalLong throttled() {
        for (String soc : linux.in("sys/devices/platform", "soc*")) {
            for (String firmware : linux.in(soc, "soc*:firmware")) {
                OptionalLong bits = linux.hexadecimal(firmware + "/get_throttled");
                if (bits.isPresent()) {
                    return bits;
                }
            }
        }
        return OptionalLong.empty();
    }

    private OptionalLong alarm() {
        for (String sensor : linux.in("sys/class/hwmon", "hwmon*")) {
            if (linux.text(sensor + "/name").orElse("").equals("rpi_volt")) {
                return linux.number(sensor + "/in0_lcrit_alarm");
            }
        }
        return OptionalLong.empty();
    }
}
