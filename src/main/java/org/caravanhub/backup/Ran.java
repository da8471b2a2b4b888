package org.caravanhub.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of OpenSSH that has ended.
 *
 * @param code 0 if all went well
 * @param lines what it wrote
 * @param complaints what it wrote to standard error
 */
record Ran(int code, List<String> lines, String complaints) {
    private static final long LONGEST_HOURS = 6;

    /**
     * Runs one to its end; what it writes is short: lists, and words.
     *
     * @throws IOException if it is not installed
     */
    static Ran of(List<String> command, String input) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.put("LC_ALL", "C");
        environment.remove("SSH_AUTH_SOCK");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IOException(command.get(0) + " is not installed: sudo apt-get install openssh-client", e);
        }
        StringBuilder complaints = new StringBuilder();
        Thread listener = new Thread(() -> complaints.append(text(process)), command.get(0));
        listener.setDaemon(true);
        listener.start();
        Thread patience = new Thread(() -> endIfEndless(process), command.get(0) + "-patience");
        patience.setDaemon(true);
        patience.start();
        try {
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It has ended already and says why.
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            listener.join();
            return new Ran(code, output.lines().toList(), complaints.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command.get(0) + " was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void endIfEndless(Process process) {
        try {
            if (!process.waitFor(LONGEST_HOURS, TimeUnit.HOURS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    private static String text(Process process) {
        try {
            return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** What it complained of, in one line. */
    String shown() {
        return shown(complaints);
    }

    /** Foreign words, in one line. */
    static String shown(String words) {
        String line = words.strip().replaceAll("\\p{Cntrl}+", " ");
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }
}
