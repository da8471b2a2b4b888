package org.caravanhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What one reads at night is complete and fits a plain terminal; whether the cures hold, src/test/system/disasters.sh tries. */
class RunbookTest {
    private static final Path RUNBOOK = Path.of("docs/runbook");
    private static final Path MAINTAIN = Path.of("docs/how-to/maintain.md");
    private static final int WIDEST = 150;
    private static final Pattern CRON = Pattern.compile("cron: \"\\S+ (\\S+) (\\S+) \\S+ \\S+ (\\S+)\"");

    @Test
    void eachDisasterHasASignACauseACureAndAProof() throws IOException {
        for (Path page : pages()) {
            assertThat(Files.readString(page))
                    .as(page.toString())
                    .contains("**Sign", "**Cause", "**Cure", "**Proof", "```console proof");
        }
    }

    @Test
    void eachPageIsFoundFromTheFirstLook() throws IOException {
        String first = Files.readString(RUNBOOK.resolve("README.md"));

        assertThat(pages()).allSatisfy(page -> assertThat(first).contains("(" + page.getFileName() + ")"));
    }

    @Test
    void linesOfCommandsAndProseFitAPlainTerminal() throws IOException {
        List<String> wide = new ArrayList<>();
        for (Path page : Stream.concat(pages().stream(), Stream.of(RUNBOOK.resolve("README.md"), MAINTAIN))
                .toList()) {
            Files.readAllLines(page).stream()
                    .filter(line -> line.length() > WIDEST && !line.startsWith("|"))
                    .forEach(line -> wide.add(page + ": " + line));
        }

        assertThat(wide).isEmpty();
    }

    @Test
    void theCalendarHasEveryShippedScheduleWithItsTime() throws IOException {
        List<String> calendar = Files.readAllLines(MAINTAIN);
        for (String folder : List.of("upkeep", "backup")) {
            try (Stream<Path> flows = Files.list(Path.of("routes", folder))) {
                for (Path flow : flows.toList()) {
                    Matcher cron = CRON.matcher(Files.readString(flow));
                    if (cron.find()) {
                        String line = calendar.stream()
                                .filter(each -> each.contains("](../../" + flow + ")"))
                                .findFirst()
                                .orElse("");
                        assertThat(line).as("%s is in %s", flow, MAINTAIN).startsWith("| " + when(cron) + " |");
                    }
                }
            }
        }
    }

    private static String when(Matcher cron) {
        String hour = cron.group(2);
        if (hour.equals("*")) {
            return "each hour";
        } else if (hour.startsWith("0/")) {
            return "every " + hour.substring(2) + " hours";
        }
        String time = "%02d:%02d".formatted(Integer.valueOf(hour), Integer.valueOf(cron.group(1)));
        return switch (cron.group(3)) {
            case "SUN" -> "each Sunday, " + time;
            case "MON" -> "each Monday, " + time;
            default -> (Integer.parseInt(hour) < 1 ? "each day, " : "each night, ") + time;
        };
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> pages = Files.list(RUNBOOK)) {
            return pages.filter(page -> !page.endsWith("README.md")).sorted().toList();
        }
    }
}
