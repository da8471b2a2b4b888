package org.caravanhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FlowBeansTest {
    private static final Pattern BOUND = Pattern.compile("\\.bind\\(\\s*\"([A-Za-z]+)\"");

    @Test
    void whatIsBoundForFlowsIsInTheListThatTheCheckKnows() throws IOException {
        Set<String> bound = new TreeSet<>();
        try (Stream<Path> tree = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    tree.filter(any -> any.toString().endsWith(".java")).toList()) {
                Matcher each = BOUND.matcher(Files.readString(file));
                while (each.find()) {
                    bound.add(each.group(1));
                }
            }
        }

        assertThat(new TreeSet<>(FlowBeans.ALL.keySet())).isEqualTo(bound);
    }
}
