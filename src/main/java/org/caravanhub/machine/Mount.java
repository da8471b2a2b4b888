package org.caravanhub.machine;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The file system that a folder is on, as {@code /proc/self/mountinfo} tells (proc_pid_mountinfo(5)).
 *
 * @param device its number, {@code 179:2}
 * @param point where it is mounted
 * @param type {@code ext4}
 * @param source {@code /dev/mmcblk0p2}; not always a file that is there
 * @param isReadOnly whether nothing can be written, because the mount or the whole file system was made so
 */
record Mount(String device, String point, String type, String source, boolean isReadOnly) {
    /** Since Linux 6.15 an ext4 that has found an error is no more called {@code ro}. */
    private static final Set<String> READ_ONLY = Set.of("ro", "emergency_ro", "shutdown");

    private static final int DEVICE = 2;
    private static final int POINT = 4;
    private static final int OPTIONS = 5;

    /** The one that was mounted last of those that the folder is below. */
    static Optional<Mount> of(Linux linux, Path folder) {
        Path whole = folder.toAbsolutePath().normalize();
        Optional<Mount> best = Optional.empty();
        for (String line : linux.lines("proc/self/mountinfo")) {
            Optional<Mount> mount = read(line);
            if (mount.isPresent()
                    && whole.startsWith(mount.get().point())
                    && mount.get().point().length()
                            >= best.map(Mount::point).orElse("").length()) {
                best = mount;
            }
        }
        return best;
    }

    private static Optional<Mount> read(String line) {
        String[] words = line.split(" ");
        int dash = Arrays.asList(words).indexOf("-");
        if (dash <= OPTIONS || words.length < dash + 4) {
            return Optional.empty();
        }
        boolean isReadOnly = isReadOnly(words[OPTIONS]) || isReadOnly(words[dash + 3]);
        return Optional.of(new Mount(
                words[DEVICE], unescaped(words[POINT]), words[dash + 1], unescaped(words[dash + 2]), isReadOnly));
    }

    private static boolean isReadOnly(String options) {
        return Arrays.stream(options.split(",")).anyMatch(READ_ONLY::contains);
    }

    /** Spaces in names are written {@code \040}. */
    private static String unescaped(String name) {
        return name.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }

    /** The name that the kernel has for it, {@code mmcblk0p2}: what is mounted as {@code /dev/root} has one too. */
    Optional<String> partition(Linux linux) {
        for (String line : linux.lines("sys/dev/block/" + device + "/uevent")) {
            if (line.startsWith("DEVNAME=")) {
                return Optional.of(line.substring("DEVNAME=".length()));
            }
        }
        return source.startsWith("/dev/") && !source.equals("/dev/root")
                ? Optional.of(source.substring(source.lastIndexOf('/') + 1))
                : Optional.empty();
    }

    /** The disk that the partition is on: {@code mmcblk0}, {@code sda}, {@code nvme0n1}. */
    static String disk(String partition) {
        return partition.matches("(mmcblk|nvme|loop)\\w*\\d+p\\d+")
                ? partition.replaceFirst("p\\d+$", "")
                : partition.matches("[sv]d[a-z]+\\d+") ? partition.replaceFirst("\\d+$", "") : partition;
    }
}
