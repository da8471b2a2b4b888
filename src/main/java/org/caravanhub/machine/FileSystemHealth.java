package org.caravanhub.machine;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;

/** Whether the file system of the data folder can be written, and whether the card or disk below it is about to give up. */
public final class FileSystemHealth implements HealthCheck {
    private static final int MANY_FILES = 90;
    /** Of eleven steps; the tenth is 90 to 100 % of what the maker expects. */
    private static final int WORN = 10;

    private static final Map<Long, String> SPARE = Map.of(2L, "80 %", 3L, "90 %");

    private final Linux linux;
    private final Path data;
    private final Inodes inodes;

    /** Of this data folder. */
    public FileSystemHealth(Linux linux, Path data) {
        this.linux = linux;
        this.data = data;
        this.inodes = new Inodes(data, System::nanoTime);
    }

    @Override
    public String name() {
        return "filesystem";
    }

    @Override
    public Health check() {
        Optional<Mount> found = Mount.of(linux, data);
        if (found.isEmpty()) {
            return Health.ok("The machine does not tell of its file systems.");
        }
        Mount mount = found.get();
        String what = mount.type() + " at " + mount.point();
        if (mount.isReadOnly()) {
            return Health.problem(
                    "The file system " + what + " is read-only.",
                    "Linux makes it so when the card or disk below it fails; nothing can be stored.",
                    "See why: sudo dmesg | grep -i -e ext4 -e mmc -e 'i/o error'. Copy the newest backup away, restart the machine; if it"
                            + " comes back, replace the card.");
        }
        Optional<String> partition = mount.partition(linux);
        OptionalLong errors = partition
                .map(name -> linux.number("sys/fs/ext4/" + name + "/errors_count"))
                .orElse(OptionalLong.empty());
        if (errors.orElse(0) > 0) {
            return Health.warning(
                    "The file system " + what + " has noted " + errors.getAsLong() + " errors.",
                    "They are often the first sign of a card or disk that dies.",
                    "caravan backup now, and copy it away. Then check it at the next start: add fsck.mode=force to the line in"
                            + " /boot/firmware/cmdline.txt, restart, take it out again.");
        }
        OptionalInt used = inodes.usedPercent();
        if (used.orElse(0) >= MANY_FILES) {
            return Health.warning(
                    "The file system " + what + " holds " + used.getAsInt() + " % of the files that it can.",
                    "When it can hold no more, nothing new can be made, with room left.",
                    "Find many small files: sudo du --inodes -x -d 3 " + mount.point() + " | sort -n | tail");
        }
        return partition
                .flatMap(name -> worn(Mount.disk(name)))
                .orElseGet(() -> Health.ok("The file system " + what + " can be written"
                        + partition.map(name -> wear(Mount.disk(name))).orElse("") + "."));
    }

    /** What an eMMC says of itself; cards do not. */
    private Optional<Health> worn(String disk) {
        long spare =
                linux.hexadecimal("sys/block/" + disk + "/device/pre_eol_info").orElse(0);
        boolean isWorn = lifeTime(disk).orElse(0) >= WORN;
        if (!isWorn && !SPARE.containsKey(spare)) {
            return Optional.empty();
        }
        String says = isWorn
                ? "has used " + (lifeTime(disk).getAsLong() > WORN ? "more than 100" : "90 to 100")
                        + " % of its life, as its maker reckons it"
                : "has used " + SPARE.get(spare) + " of its spare blocks";
        return Optional.of(Health.warning(
                "The memory " + disk + " " + says + ".",
                "It will soon refuse to be written.",
                "caravan backup now, copy it away, and move to another disk: docs/how-to/back-up.md."));
    }

    private String wear(String disk) {
        OptionalLong life = lifeTime(disk);
        return life.orElse(0) == 0 ? "" : "; " + disk + " has used at most " + life.getAsLong() * 10 + " % of its life";
    }

    /** In steps of 10 %, the worse of the two kinds of cells; 0 is unknown. */
    private OptionalLong lifeTime(String disk) {
        Optional<String> both = linux.text("sys/block/" + disk + "/device/life_time");
        if (both.isEmpty()) {
            return OptionalLong.empty();
        }
        long worst = 0;
        for (String one : both.get().split("\\s+")) {
            worst = Math.max(
                    worst, Linux.number(one.replaceFirst("^0x", ""), 16).orElse(0));
        }
        return OptionalLong.of(worst);
    }
}
