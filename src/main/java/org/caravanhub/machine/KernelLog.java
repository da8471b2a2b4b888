package org.caravanhub.machine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.caravanhub.health.Health;

/** What the kernel's log tells of trouble that nobody else tells of: a card that fails, too little voltage, no memory. */
public final class KernelLog {
    private static final int LONGEST = 160;

    /** What is looked for. */
    private enum Kind {
        CARD(
                "errors of a card or disk",
                "mmc\\d+: .*(timeout|timed out|error -\\d+|Card stuck|CRC)|I/O error, dev |Buffer I/O error on dev"
                        + "|blk_update_request: .*error|nvme\\d+: .*(timeout|aborting)|ata\\d+.*failed command",
                "The card or disk loses what it was given, or will soon.",
                "caravan backup now, and copy it away. Then replace the card; a Pi's with one of high endurance, or an SSD."),
        FILE_SYSTEM(
                "errors of a file system",
                "EXT4-fs error|EXT4-fs \\(\\w+\\): (Remounting filesystem read-only|error)|XFS .*[Cc]orruption|BTRFS error|Aborting journal",
                "What is on it may be damaged, and Linux may make it read-only.",
                "caravan backup now, and copy it away. Then check it at the next start: fsck.mode=force on the kernel's command line."),
        VOLTAGE(
                "times too little voltage",
                "Under-?voltage detected",
                "A Pi with too little voltage damages its card, loses USB disks and restarts.",
                "Use the maker's power supply and a short thick cable, and feed USB disks from elsewhere."),
        MEMORY(
                "processes ended for want of memory",
                "Out of memory: Killed process",
                "What they did was not done; if it was the hub, it was started anew.",
                "See which: journalctl -k -b | grep -i 'killed process'. Give the machine less to do, or the service more.");

        private final String what;
        private final Pattern pattern;
        private final String why;
        private final String fix;

        Kind(String what, String pattern, String why, String fix) {
            this.what = what;
            this.pattern = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
            this.why = why;
            this.fix = fix;
        }
    }

    private KernelLog() {}

    /**
     * What it means for the hub.
     *
     * @param lines the log, one line each
     */
    public static Health judge(List<String> lines) {
        Map<Kind, List<String>> found = new LinkedHashMap<>();
        for (String line : lines) {
            for (Kind kind : Kind.values()) {
                if (kind.pattern.matcher(line).find()) {
                    found.computeIfAbsent(kind, first -> new ArrayList<>()).add(line.strip());
                    break;
                }
            }
        }
        for (Kind kind : Kind.values()) { // the worst first
            List<String> those = found.get(kind);
            if (those != null) {
                String last = those.get(those.size() - 1);
                String others = found.size() > 1 ? " And " + others(found, kind) + "." : "";
                return Health.warning(
                        "The kernel's log has " + those.size() + " " + kind.what + "; the last: "
                                + (last.length() > LONGEST
                                        ? last.substring(0, LONGEST) + "…"
                                        : last.replaceFirst("\\.$", ""))
                                + "." + others,
                        kind.why,
                        kind.fix);
            }
        }
        return Health.ok("The kernel's log tells of no trouble with card, voltage or memory.");
    }

    private static String others(Map<Kind, List<String>> found, Kind but) {
        List<String> words = new ArrayList<>();
        found.forEach((kind, lines) -> {
            if (kind != but) {
                words.add(lines.size() + " " + kind.what);
            }
        });
        return String.join(", ", words);
    }
}
