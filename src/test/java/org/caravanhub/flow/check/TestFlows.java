package org.caravanhub.flow.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.caravanhub.FlowBeans;
import org.caravanhub.flow.Mistake;
import org.caravanhub.settings.SettingsReader;

/** Flow files to check. */
final class TestFlows {
    static final String PATH = "alert/test.camel.yaml";
    private static final Path ROUTES = Path.of("routes");

    private TestFlows() {}

    static Known known() {
        Map<String, String> placeholders =
                new HashMap<>(SettingsReader.read(Path.of("nowhere"), Map.of(), Map.of(), null)
                        .placeholders());
        placeholders.put("flow.limit", "30");
        return new Known(
                FlowBeans.ALL,
                placeholders,
                () -> Set.of(
                        "mail", "mail-password", "influx-token", "mirror-user", "mirror-password", "webhook-token"),
                Path.of("target/no-data/files"));
    }

    /** Those that the hub comes with, by path. */
    static Map<String, byte[]> shipped() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(ROUTES)) {
            tree.filter(file -> file.toString().endsWith(".camel.yaml")).forEach(file -> {
                try {
                    files.put(ROUTES.relativize(file).toString(), Files.readAllBytes(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return files;
    }

    /** What is wrong with a file beside the shipped ones. */
    static List<Mistake> check(String yaml) throws IOException {
        Map<String, byte[]> files = shipped();
        files.put(PATH, yaml.getBytes(StandardCharsets.UTF_8));
        return new Checker(known()).check(files, Set.of(PATH));
    }
}
