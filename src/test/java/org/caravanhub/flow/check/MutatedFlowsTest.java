package org.caravanhub.flow.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.caravanhub.flow.Mistake;
import org.junit.jupiter.api.Test;

/** Whatever somebody saves, the check answers with mistakes at places that are in the file, and with nothing else. */
class MutatedFlowsTest {
    private static final List<String> PIECES = List.of(
            "\"",
            "'",
            "{{",
            "}}",
            "${",
            "}",
            ":",
            "- ",
            "\n",
            "\t",
            "#",
            "&a ",
            "*a",
            "!!x ",
            "|",
            ">",
            "[",
            "{",
            "%",
            "\0",
            "?",
            "=",
            "RAW(",
            "language:",
            "file:",
            "..",
            "\uFEFF",
            "\uD83D\uDE00",
            "null",
            "simple:\n",
            "route:",
            "---\n");

    @Test
    void anythingSavedIsAnsweredWithMistakes() throws IOException {
        Map<String, byte[]> shipped = TestFlows.shipped();
        List<String> paths = new ArrayList<>(shipped.keySet());
        Checker checker = new Checker(TestFlows.known());
        Random random = new Random(20261121);
        int wrong = 0;
        for (int i = 0; i < 400; i++) {
            String path = paths.get(random.nextInt(paths.size()));
            String mutated = mutate(new String(shipped.get(path), StandardCharsets.UTF_8), random);
            Map<String, byte[]> files = new HashMap<>(shipped);
            files.put(path, mutated.getBytes(StandardCharsets.UTF_8));

            List<Mistake> told = checker.check(files, Set.of(path));

            wrong += told.isEmpty() ? 0 : 1;
            assertThat(told).as(mutated).allSatisfy(mistake -> {
                // Others may call what it was before.
                byte[] blamed = Objects.requireNonNull(files.get(mistake.file()), mistake.file());
                long lines = new String(blamed, StandardCharsets.UTF_8).lines().count() + 1;
                assertThat(mistake.line()).isBetween(0, (int) lines);
                assertThat(mistake.text())
                        .doesNotContain("Exception:")
                        .doesNotContain("\n")
                        .hasSizeLessThan(1000);
            });
        }
        assertThat(wrong).isGreaterThan(200);
    }

    private static String mutate(String yaml, Random random) {
        StringBuilder text = new StringBuilder(yaml);
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + 1 + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> text.insert(at, text.substring(at, end));
                case 3 -> text.setLength(at + 1);
                default -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
            }
        }
        return text.toString();
    }
}
