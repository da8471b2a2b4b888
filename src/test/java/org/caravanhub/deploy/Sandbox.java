package org.caravanhub.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The scripts of {@code deploy/} in a folder that they take for the machine: their paths lead into it, they are root, and what would change
 * the machine itself writes its words down instead. The real thing is done by {@code src/test/system}.
 */
final class Sandbox {
    private static final List<String> PATHS = List.of(
            "/opt/caravan",
            "/etc/caravan",
            "/etc/mosquitto",
            "/etc/systemd",
            "/var/lib",
            "/var/log",
            "/run/",
            "/usr/local");
    private static final List<String> FAKES = List.of(
            "systemctl",
            "systemd-run",
            "apt-get",
            "useradd",
            "userdel",
            "chown",
            "runuser",
            "nft",
            "hostname",
            "sysctl",
            "journalctl");

    private final Path root;
    private String said = "";

    Sandbox(Path root) throws IOException {
        this.root = root;
        for (String path : PATHS) {
            Files.createDirectories(Path.of(root + path));
        }
        Path tools = Files.createDirectories(root.resolve("tools"));
        for (String fake : FAKES) {
            script(tools.resolve(fake), "echo \"" + fake + " $*\" >>" + root.resolve("done"));
        }
        script(tools.resolve("id"), "echo 0");
        try (Stream<Path> files = Files.walk(Path.of("deploy"))) {
            files.filter(file -> file.toString().endsWith(".sh")).forEach(this::copy);
        }
    }

    private void copy(Path script) {
        try {
            String text = Files.readString(script);
            for (String path : PATHS) {
                text = text.replace(path, root + path);
            }
            Path to = root.resolve(script);
            Files.createDirectories(to.getParent());
            Files.writeString(to, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** A path of the machine. */
    Path at(String path) {
        return Path.of(root + path);
    }

    /** Makes a file and its folders. */
    Path write(String path, String text) throws IOException {
        Files.createDirectories(at(path).getParent());
        return Files.writeString(at(path), text);
    }

    /** Runs a script of {@code deploy/} with nobody to ask, and returns how it ended. */
    int run(String script, String... words) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("sh", root.resolve("deploy").resolve(script).toString()));
        command.addAll(List.of(words));
        return end(command);
    }

    /** Lines that use what {@code deploy/parts.sh} brings. */
    int parts(String lines) throws Exception {
        Path deploy = root.resolve("deploy");
        return end(List.of("sh", "-euc", "here=" + deploy + "; . $here/parts.sh; " + lines));
    }

    private int end(List<String> command) throws Exception {
        Path out = root.resolve("out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.redirectInput(Path.of("/dev/null").toFile());
        builder.environment().merge("PATH", root.resolve("tools").toString(), (old, mine) -> mine + ":" + old);
        Process process = builder.start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        said = Files.readString(out);
        assertThat(ended).as("%s ends; it said %s", command, said).isTrue();
        return process.exitValue();
    }

    /** What the last run said. */
    String said() {
        return said;
    }

    /** All files and links below the paths of the machine, with their content. */
    List<String> state() throws IOException {
        List<String> state = new ArrayList<>();
        for (String path : PATHS) {
            try (Stream<Path> files = Files.walk(at(path))) {
                for (Path file :
                        files.filter(each -> !Files.isDirectory(each)).sorted().toList()) {
                    // Who holds the lock is nobody's business afterwards.
                    if (!file.getFileName().toString().equals("caravan-deploy.lock")) {
                        state.add(file + " " + Files.readString(file));
                    }
                }
            }
        }
        return state;
    }

    /** What would have been done to the machine. */
    String done() throws IOException {
        return Files.exists(root.resolve("done")) ? Files.readString(root.resolve("done")) : "";
    }
}
