package org.caravanhub.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk that can be taken out and is mounted where such are: below {@code /media}, {@code /mnt} or {@code /run/media}.
 *
 * @param folder where it is mounted
 * @param device of the kernel, {@code /dev/sda1}
 * @param fileSystem {@code vfat}, {@code exfat}, {@code ext4}
 */
public record Stick(Path folder, String device, String fileSystem) {
    private static final List<String> PLACES = List.of("/media/", "/mnt/", "/mnt", "/run/media/");

    /** Those that are there now. */
    public static List<Stick> mounted() throws IOException {
        return in(Files.readString(Path.of("/proc/self/mountinfo")), Path.of("/sys/dev/block"));
    }

    /**
     * Those in a list of what is mounted.
     *
     * @param mountinfo as in <a href="https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html">proc_pid_mountinfo(5)</a>
     * @param blocks a folder with a link for each disk, by its numbers
     */
    static List<Stick> in(String mountinfo, Path blocks) {
        List<Stick> sticks = new ArrayList<>();
        for (String line : mountinfo.lines().toList()) {
            String[] words = line.split(" ");
            int dash = List.of(words).indexOf("-");
            if (dash < 6 || words.length < dash + 3) {
                continue;
            }
            String folder = plain(words[4]);
            boolean isWhereSticksAre = PLACES.stream()
                    .anyMatch(place -> place.endsWith("/") ? folder.startsWith(place) : folder.equals(place));
            if (isWhereSticksAre && canBeTakenOut(blocks.resolve(words[2]))) {
                sticks.add(new Stick(Path.of(folder), plain(words[dash + 2]), words[dash + 1]));
            }
        }
        return sticks;
    }

    /** How much room it has left, in bytes; 0 if it does not say. */
    public long freeBytes() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The kernel says so of sticks and cards; of a disk behind USB it says no, and where that is plugged in says it. */
    private static boolean canBeTakenOut(Path block) {
        try {
            Path disk = block.toRealPath();
            if (disk.toString().contains("/usb")) {
                return true;
            }
            Path own = disk.resolve("removable");
            // A partition does not say it itself.
            Path said = Files.exists(own) ? own : disk.resolveSibling("removable");
            return Files.readString(said).strip().equals("1");
        } catch (IOException e) {
            return false;
        }
    }

    /** A space is written as {@code \040}. */
    private static String plain(String word) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) == '\\' && word.length() >= i + 4) {
                plain.append((char) Integer.parseInt(word.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                plain.append(word.charAt(i));
            }
        }
        return plain.toString();
    }
}
