package org.caravanhub.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.caravanhub.machine.Program;

/** What the machine tells of itself: no environment, and nothing of what other programs run with. */
public final class Machine {
    private static final int LOG_BYTES = 4 << 20;
    private static final int SMALL_LOG_BYTES = 1 << 20;
    private static final int MOST = 256 << 10;
    private static final Path UNITS = Path.of("/etc/systemd/system");

    private Machine() {}

    /**
     * All of it.
     *
     * @param since how far back logs go
     */
    public static List<Part> parts(Duration since) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("machine/system.txt", "kernel, distribution, model, processors, uptime", Machine::system));
        parts.add(new Part(
                "machine/memory.txt",
                "memory and what waits for it",
                () -> files("/proc/meminfo", "/proc/pressure/memory", "/proc/pressure/io", "/proc/swaps")));
        parts.add(new Part(
                "machine/disk.txt",
                "room and inodes of each disk",
                () -> Program.says(MOST, List.of("df", "-hT")) + "\n" + Program.says(MOST, List.of("df", "-i"))));
        parts.add(new Part("machine/mounts.txt", "what is mounted, and how", () -> files("/proc/self/mounts")));
        parts.add(new Part("machine/limits.txt", "limits of the service, and how near it is to them", Machine::limits));
        parts.add(new Part("machine/thermal.txt", "temperatures, throttling, low voltage", Machine::thermal));
        parts.add(new Part(
                "machine/clock.txt",
                "whether the clock is set",
                () -> Program.says(MOST, List.of("timedatectl", "show"))));
        parts.add(new Part(
                "machine/listeners.txt",
                "ports that something listens on",
                () -> Program.says(MOST, List.of("ss", "-ltun"))));
        parts.add(new Part("systemd/state.txt", "how the services are", Machine::services));
        parts.addAll(units());
        for (String unit : List.of("caravan", "caravan-backup", "caravan-health", "mosquitto")) {
            int most = unit.equals("caravan") ? LOG_BYTES : SMALL_LOG_BYTES;
            parts.add(new Part("logs/" + unit + ".txt", "the journal of " + unit, () -> journal(unit, since, most)));
        }
        parts.add(new Part(
                "logs/mosquitto-file.txt",
                "the log that Mosquitto writes itself",
                () -> end(Path.of("/var/log/mosquitto/mosquitto.log"), SMALL_LOG_BYTES)));
        parts.add(new Part("logs/kernel.txt", "what the kernel says of disks, power and memory", () -> kernel(since)));
        parts.add(new Part(
                "mosquitto/caravan.conf",
                "Mosquitto's settings that belong to the hub",
                () -> Files.readString(Path.of("/etc/mosquitto/conf.d/caravan.conf"))));
        return parts;
    }

    private static String journal(String unit, Duration since, int most) throws IOException {
        String text = Program.says(
                most,
                List.of(
                        "journalctl",
                        "--unit=" + unit,
                        "--since=-" + since.toSeconds() + "s",
                        "--output=short-iso",
                        "--no-pager",
                        "--quiet"));
        return text.isBlank()
                ? "The journal shows nothing of " + unit
                        + " in that time; what was started in a terminal has said it there.\n"
                : text;
    }

    private static String kernel(Duration since) throws IOException {
        String all = Program.says(
                LOG_BYTES,
                List.of(
                        "journalctl",
                        "--dmesg",
                        "--since=-" + since.toSeconds() + "s",
                        "--output=short-iso",
                        "--no-pager",
                        "--quiet"));
        return all.lines()
                .filter(
                        line -> line.toLowerCase(java.util.Locale.ROOT)
                                .matches(
                                        ".*(mmc|voltage|thrott|thermal|oom|killed process|i/o error|ext4|f2fs|nvme|usb|insufficient).*"))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String system() throws IOException {
        String uname = Program.says(MOST, List.of("uname", "-a"));
        String model = optional(Path.of("/proc/device-tree/model"))
                .map(text -> text.replace("\0", "") + "\n")
                .orElse("");
        // Of the processor not the serial number.
        String processor = optional(Path.of("/proc/cpuinfo"))
                .orElse("")
                .lines()
                .filter(line -> line.matches("(model name|Model|Hardware|Revision)\\s*:.*"))
                .distinct()
                .collect(Collectors.joining("\n"));
        return uname + model + processor + "\nprocessors: "
                + Runtime.getRuntime().availableProcessors() + "\n"
                + files("/etc/os-release", "/proc/uptime", "/proc/loadavg");
    }

    private static String limits() throws IOException {
        String folder = "/sys/fs/cgroup/system.slice/caravan.service/";
        return files(
                folder + "memory.max",
                folder + "memory.high",
                folder + "memory.current",
                folder + "memory.peak",
                folder + "memory.events",
                folder + "memory.swap.current",
                folder + "pids.max",
                folder + "pids.current",
                folder + "cpu.max",
                folder + "cpu.stat",
                folder + "io.stat");
    }

    private static String thermal() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path zone : sorted(Path.of("/sys/class/thermal"), "thermal_zone*")) {
            text.append(files(zone + "/type", zone + "/temp"));
        }
        text.append(files("/sys/devices/platform/soc/soc:firmware/get_throttled"));
        try {
            text.append(Program.says(MOST, List.of("vcgencmd", "get_throttled")));
        } catch (IOException e) {
            text.append("no vcgencmd: it is no Raspberry Pi, or not its system\n");
        }
        return text.toString();
    }

    /** By name, so that the environment of the services is not among it. */
    private static String services() throws IOException {
        return Program.says(
                MOST,
                List.of(
                        "systemctl",
                        "show",
                        "caravan.service",
                        "caravan-backup.service",
                        "caravan-health.service",
                        "caravan-drill.service",
                        "caravan-backup.timer",
                        "caravan-health.timer",
                        "mosquitto.service",
                        "--property=Id,LoadState,ActiveState,SubState,Result,NRestarts,ExecMainStatus,ExecMainCode,ActiveEnterTimestamp,"
                                + "StateChangeTimestamp,MemoryCurrent,MemoryMax,TasksCurrent,WatchdogTimestamp,StatusText,"
                                + "LastTriggerUSec,NextElapseUSecRealtime,UnitFileState"));
    }

    private static List<Part> units() {
        List<Part> parts = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        files.addAll(sorted(UNITS, "caravan*.{service,timer}"));
        for (Path folder : sorted(UNITS, "{caravan*,mosquitto}.service.d")) {
            files.addAll(sorted(folder, "*.conf"));
        }
        for (Path file : files) {
            parts.add(new Part(
                    "systemd/" + UNITS.relativize(file).toString().replace('/', '_'),
                    "as it is installed, without its environment",
                    () -> withoutEnvironment(Files.readString(file))));
        }
        return parts;
    }

    /** Whoever puts a password somewhere puts it there. */
    static String withoutEnvironment(String unit) {
        return unit.replace("\\\n", " ")
                .replaceAll("(?m)^(\\s*(?:Environment|SetCredential|SetCredentialEncrypted)\\s*=).*$", "$1(left out)");
    }

    private static List<Path> sorted(Path folder, String names) {
        TreeSet<Path> found = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, names)) {
            files.forEach(found::add);
        } catch (IOException e) {
            return List.of();
        }
        return List.copyOf(found);
    }

    private static Optional<String> optional(Path file) {
        try {
            return Optional.of(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String end(Path log, int most) throws IOException {
        if (Files.notExists(log, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("there is no " + log);
        }
        try (InputStream in = Files.newInputStream(log, LinkOption.NOFOLLOW_LINKS)) {
            return Program.end(in, most);
        } catch (java.nio.file.AccessDeniedException e) {
            throw new IOException(log + " may not be read by this user", e);
        }
    }

    /** Those that are there, each below its name. */
    private static String files(String... names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            optional(Path.of(name)).ifPresent(content -> text.append("== ")
                    .append(name)
                    .append('\n')
                    .append(content.strip())
                    .append('\n'));
        }
        return text.toString();
    }
}
