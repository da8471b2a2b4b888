package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.caravanhub.Await;
import org.caravanhub.bench.Ports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/tutorials/first-flow.md} and {@code staged-update.md}, typed line by line. A block {@code sh} is run, what it prints is compared with the block
 * {@code text} behind it, and {@code text first terminal} with what the hub printed; a block {@code yaml} is written into the file that was
 * named last. In what is expected, {@code …} stands for anything, any number for any other, and blanks do not count. What a hub shows takes
 * a moment, so a command whose answer is another one is asked again.
 */
class TutorialTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern FILE = Pattern.compile("`(routes/[a-z0-9/.-]+)`");
    private static final Path TUTORIALS = Path.of("docs/tutorials");
    private static final Path REPOSITORY = Path.of("").toAbsolutePath();

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> hubs = new ArrayList<>();
    private String file = "";
    private String printed = "";

    /** What stands between two lines of three backticks. */
    private record Block(String kind, List<String> before, List<String> lines) {}

    @AfterEach
    void stopTheHub() throws Exception {
        for (Process hub : hubs) {
            hub.destroy();
            if (!hub.waitFor(20, TimeUnit.SECONDS)) {
                hub.destroyForcibly();
            }
        }
    }

    @Test
    void aNewcomersFirstFlow() throws Exception {
        follow("first-flow.md");
        assertThat(printed).contains("is removed");
    }

    @Test
    void aNewcomersFirstStagedUpdate() throws Exception {
        follow("staged-update.md");
        assertThat(printed).contains("update/state\tdone");
    }

    private void follow(String tutorial) throws Exception {
        prepare();
        List<Block> blocks = blocks(Files.readAllLines(TUTORIALS.resolve(tutorial)));
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            block.before().forEach(line -> FILE.matcher(line).results().forEach(found -> file = found.group(1)));
            boolean isAnswered =
                    i + 1 < blocks.size() && blocks.get(i + 1).kind().equals("text");
            switch (block.kind()) {
                case "sh" -> type(block.lines(), isAnswered ? blocks.get(i + 1).lines() : List.of("…"));
                case "yaml" -> Files.writeString(folder.resolve(file), String.join("\n", block.lines()) + "\n");
                case "text first terminal" ->
                    block.lines()
                            .forEach(line -> Await.until(
                                    line + "\nin what the hub printed:\n" + firstTerminal(),
                                    PATIENCE,
                                    () -> matches(List.of("…", line, "…"), firstTerminal())));
                default -> assertThat(block.kind()).isEqualTo("text");
            }
        }
    }

    /** The program as it stands, in a folder of its own, on ports that nobody else has. */
    private void prepare() throws IOException {
        for (String part : List.of("routes", "config")) {
            try (Stream<Path> tree = Files.walk(Path.of(part))) {
                for (Path each : tree.toList()) {
                    Files.copy(each, folder.resolve(each));
                }
            }
        }
        Path program = folder.resolve("caravan");
        Files.writeString(
                program,
                "#!/bin/sh\nexec " + System.getProperty("java.home")
                        + "/bin/java -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '" + classPath()
                        + "' org.caravanhub.cli.Main \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        environment.put("CARAVAN_HTTP_PORT", Integer.toString(Ports.free()));
        environment.put("CARAVAN_MQTT_PORT", Integer.toString(Ports.free()));
        assumeTrue(
                run("./caravan flow history --help") && printed.contains("flow history"),
                "flows are not edited live in this build");
    }

    private void type(List<String> lines, List<String> expected) throws Exception {
        String commands = String.join("\n", lines);
        if (commands.startsWith("export ")) {
            String[] nameAndValue = commands.substring("export ".length()).split("=", 2);
            environment.put(nameAndValue[0], nameAndValue[1]);
        } else if (commands.equals("./caravan demo")) {
            hubs.add(builder("exec " + commands)
                    .redirectOutput(folder.resolve("first-terminal").toFile())
                    .start());
            Await.until("the demo runs: " + firstTerminal(), PATIENCE, () -> firstTerminal()
                    .contains("Ctrl-C stops"));
        } else {
            String wanted = commands + "\nanswers\n" + String.join("\n", expected);
            try {
                Await.until(wanted, PATIENCE, () -> {
                    run(commands);
                    return matches(expected, printed);
                });
            } catch (AssertionError e) {
                throw new AssertionError(wanted + "\nand not\n" + printed, e);
            }
        }
    }

    /** Runs these; whether they ended well. */
    private boolean run(String commands) {
        try {
            Process process = builder(commands)
                    .redirectOutput(folder.resolve("printed").toFile())
                    .start();
            boolean isOver = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            printed = Files.readString(folder.resolve("printed"));
            return isOver && process.exitValue() == 0;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(commands, e);
        }
    }

    private ProcessBuilder builder(String commands) {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        return builder;
    }

    private String firstTerminal() {
        try {
            return Files.readString(folder.resolve("first-terminal"));
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean matches(List<String> expected, String text) {
        StringBuilder pattern = new StringBuilder("\\s*");
        for (String line : expected) {
            for (String part : line.strip().split("(?<=…)|(?=…)|\\s+|(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)")) {
                String word = part.strip();
                if (word.equals("…")) {
                    pattern.append("[\\s\\S]*");
                } else if (word.matches("\\d+")) {
                    pattern.append("\\d+");
                } else {
                    pattern.append(Pattern.quote(word));
                }
                pattern.append("\\s*");
            }
        }
        return text.matches(pattern.toString());
    }

    private static List<Block> blocks(List<String> lines) {
        List<Block> blocks = new ArrayList<>();
        List<String> before = new ArrayList<>();
        List<String> inside = new ArrayList<>();
        String kind = "";
        int indent = 0;
        for (String line : lines) {
            boolean isFence = line.strip().startsWith("```");
            if (isFence && kind.isEmpty()) {
                kind = line.strip().substring(3);
                indent = line.indexOf("```");
            } else if (isFence) {
                blocks.add(new Block(kind, List.copyOf(before), List.copyOf(inside)));
                before.clear();
                inside.clear();
                kind = "";
            } else if (kind.isEmpty()) {
                before.add(line);
            } else {
                inside.add(line.length() < indent ? "" : line.substring(indent));
            }
        }
        return blocks;
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(part -> REPOSITORY.resolve(part).toString())
                .reduce((one, other) -> one + java.io.File.pathSeparator + other)
                .orElse("");
    }
}
