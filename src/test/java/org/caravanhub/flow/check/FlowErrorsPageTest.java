package org.caravanhub.flow.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.caravanhub.flow.Mistake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of mistakes: a section for each code, and each example is the mistake that it is an example of, as it is told. */
class FlowErrorsPageTest {
    private static final Path PAGE = Path.of("docs/reference/flow-errors.md");
    private static final String FILE = "alert/example.camel.yaml";
    private static final Pattern SECTION = Pattern.compile("(?m)^## `([a-z_]+)`$");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```\n\n```text\n(.*?)\n```");

    record Example(String code, String yaml, String told) {
        @Override
        public String toString() {
            return code;
        }
    }

    private static Map<String, String> sections() throws IOException {
        String page = Files.readString(PAGE);
        Map<String, String> sections = new LinkedHashMap<>();
        Matcher heading = SECTION.matcher(page);
        String last = "";
        int from = 0;
        while (heading.find()) {
            sections.put(last, page.substring(from, heading.start()));
            last = heading.group(1);
            from = heading.end();
        }
        sections.put(last, page.substring(from));
        sections.remove("");
        return sections;
    }

    static Stream<Example> examples() throws IOException {
        return sections().entrySet().stream().flatMap(section -> {
            Matcher example = EXAMPLE.matcher(section.getValue());
            return example.find()
                    ? Stream.of(new Example(section.getKey(), example.group(1), example.group(2)))
                    : Stream.empty();
        });
    }

    @Test
    void everyCodeHasASectionInItsOrder() throws IOException {
        assertThat(sections().keySet())
                .containsExactlyElementsOf(Arrays.stream(Mistake.Code.values())
                        .map(Mistake.Code::word)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsToldAsThePageSays(Example example) throws IOException {
        Map<String, byte[]> files = TestFlows.shipped();
        files.put(FILE, example.yaml().getBytes(StandardCharsets.UTF_8));

        List<Mistake> told = new Checker(TestFlows.known()).check(files, Set.of(FILE));

        assertThat(told).hasSize(1);
        assertThat(told.get(0).code().word()).isEqualTo(example.code());
        assertThat(told.get(0).text().replace(TestFlows.known().files().toString(), "data/files"))
                .isEqualTo(example.told());
    }
}
