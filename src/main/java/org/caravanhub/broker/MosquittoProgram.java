package org.caravanhub.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code mosquitto} program on this machine.
 *
 * @param path where it is
 * @param version what it says of itself, for example {@code 2.0.11}
 */
record MosquittoProgram(Path path, String version) {
    private static final Pattern VERSION = Pattern.compile("mosquitto version (\\d+)\\.(\\d+[\\w.+-]*)");
    private static final int OLDEST_MAJOR = 2;

    /** The first of version 2.0 or newer: on PATH, then where Debian and hand-built ones are, which PATH often lacks. */
    static Optional<MosquittoProgram> find() {
        Set<Path> folders = new LinkedHashSet<>();
        for (String folder :
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(":")) {
            if (folder.startsWith("/")) {
                folders.add(Path.of(folder));
            }
        }
        folders.add(Path.of("/usr/sbin"));
        folders.add(Path.of("/usr/local/sbin"));
        return folders.stream()
                .map(folder -> folder.resolve("mosquitto"))
                .filter(Files::isExecutable)
                .map(MosquittoProgram::ask)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<MosquittoProgram> ask(Path path) {
        try {
            ProcessBuilder program = new ProcessBuilder(path.toString(), "-h").redirectErrorStream(true);
            // Settings may stand there, and secrets.
            program.environment().keySet().removeIf(name -> name.startsWith("CARAVAN_"));
            Process process = program.start();
            process.getOutputStream().close();
            // The help is far smaller than a pipe holds, so the program ends without a reader.
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            Matcher version =
                    VERSION.matcher(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            if (version.find() && Integer.parseInt(version.group(1)) >= OLDEST_MAJOR) {
                return Optional.of(new MosquittoProgram(path, version.group(1) + "." + version.group(2)));
            }
        } catch (IOException e) {
            // It does not run here: as good as not found.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }
}
