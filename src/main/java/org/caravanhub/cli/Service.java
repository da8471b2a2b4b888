package org.caravanhub.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.caravanhub.text.Plain;

/**
 * The hub as systemd sees it: whether it is stopped, given up or starting again and again, and what it said last.
 *
 * @param shown what {@code systemctl show} tells of the unit
 * @param lastWords the newest lines of the hub itself, oldest first; empty if the journal may not be read
 */
record Service(Map<String, String> shown, List<String> lastWords) {
    private static final int WAIT_SECONDS = 3;
    private static final int LONGEST = 400;

    /** The service of this data folder; empty if there is none on this machine. */
    static Optional<Service> of(Path data) {
        if (!Files.isDirectory(Path.of("/run/systemd/system"))) {
            return Optional.empty();
        }
        Map<String, String> shown = new HashMap<>();
        for (String line : ask(
                "systemctl",
                "show",
                "caravan.service",
                "--property=LoadState,ActiveState,SubState,Result,NRestarts,ExecMainStatus,WorkingDirectory")) {
            int equals = line.indexOf('=');
            shown.put(line.substring(0, Math.max(equals, 0)), line.substring(equals + 1));
        }
        boolean isThis = "loaded".equals(shown.get("LoadState"))
                && data.toAbsolutePath().normalize().toString().equals(shown.get("WorkingDirectory"));
        return isThis
                ? Optional.of(new Service(
                        shown, ask("journalctl", "-q", "-o", "cat", "-n", "3", "_SYSTEMD_UNIT=caravan.service")))
                : Optional.empty();
    }

    /** Some lines for a person. */
    String describe() {
        String restarts = shown.getOrDefault("NRestarts", "0");
        String ended = "code " + shown.getOrDefault("ExecMainStatus", "?") + ", "
                + shown.getOrDefault("Result", "?").replace('-', ' ');
        String sub = shown.getOrDefault("SubState", "");
        String state =
                switch (shown.getOrDefault("ActiveState", "")) {
                    case "active" -> "runs, and does not answer";
                    case "failed" ->
                        "has given up after " + restarts + " new starts (" + ended
                                + "); it is tried again within half an hour";
                    case "activating" ->
                        sub.equals("auto-restart")
                                ? "ends again and again, " + restarts + " new starts so far (" + ended + ")"
                                : "is starting; after " + restarts + " new starts";
                    case "deactivating" -> "is stopping";
                    case "inactive" -> "is stopped";
                    default -> "is " + shown.getOrDefault("ActiveState", "unknown");
                };
        StringBuilder text = new StringBuilder("Service   caravan " + Plain.line(state) + "\n");
        if (!"success".equals(shown.get("Result")) || sub.equals("auto-restart")) {
            for (String line : lastWords) {
                String words = Plain.line(line.strip());
                text.append("          ")
                        .append(words, 0, Math.min(LONGEST, words.length()))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static List<String> ask(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            List<String> lines =
                    new ArrayList<>(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
            if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return lines;
        } catch (IOException e) {
            return List.of(); // without systemd, or without the right to ask it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
