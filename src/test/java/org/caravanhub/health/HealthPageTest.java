package org.caravanhub.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever is told of a check finds it in {@code docs/reference/health.md}. */
class HealthPageTest {
    private static final Pattern NAME = Pattern.compile("public String name\\(\\) \\{\\s*return \"([a-z-]+)\";");
    private static final Pattern LOOK = Pattern.compile("new Look\\(\\s*\"([a-z-]+)\"");
    private static final Pattern SECTION = Pattern.compile("(?m)^### ([a-z-]+)$");

    @Test
    void everyCheckHasAGroupAndASectionAndThereIsNoOther() throws IOException {
        TreeSet<String> known = new TreeSet<>();
        Arrays.stream(Group.values()).map(Group::checks).forEach(known::addAll);

        TreeSet<String> made = new TreeSet<>(List.of("hub")); // by the command itself
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                String text = Files.readString(source);
                if (text.contains("implements HealthCheck")) {
                    made.addAll(found(NAME, text));
                }
                made.addAll(found(LOOK, text));
            }
        }
        assertThat(known).isEqualTo(made);
        assertThat(new TreeSet<>(found(SECTION, Files.readString(Path.of("docs/reference/health.md")))))
                .isEqualTo(made);
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
