package org.caravanhub.broker;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run of Mosquitto: started here, or found running because the hub that started it was killed. */
final class MosquittoProcess {
    private static final Path NEW_SESSION = Path.of("/usr/bin/setsid");

    private final ProcessHandle handle;
    private final Optional<Process> child;
    private final Optional<Thread> reader;

    private MosquittoProcess(ProcessHandle handle, Optional<Process> child, Optional<Thread> reader) {
        this.handle = handle;
        this.child = child;
        this.reader = reader;
    }

    /** Starts one; its lines go to the log. Credentials are in files, never on the command line. */
    static MosquittoProcess start(Path program, Path configuration, MosquittoLog log) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(NEW_SESSION)) {
            // Else Ctrl-C in a terminal would reach it too, and it would be gone before the hub has finished with it.
            command.add(NEW_SESSION.toString());
        }
        command.addAll(List.of(program.toString(), "-c", configuration.toString()));
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(new File("/")) // it may outlive the directory that the hub was started in
                    .redirectErrorStream(true);
            // Settings may stand there, and secrets.
            builder.environment().keySet().removeIf(each -> each.startsWith("CARAVAN_"));
            // It, too, tells systemd when it stops, which would be taken for the hub's own word.
            builder.environment().remove("NOTIFY_SOCKET");
            Process process = builder.start();
            process.getOutputStream().close();
            Thread reader = new Thread(() -> pass(process, log), "broker-log");
            reader.setDaemon(true);
            reader.start();
            return new MosquittoProcess(process.toHandle(), Optional.of(process), Optional.of(reader));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + program, e);
        }
    }

    /** The process with this id, if it is a Mosquitto that runs with this configuration. */
    static Optional<MosquittoProcess> find(long pid, Path configuration) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> isOurs(handle, configuration))
                .map(handle -> new MosquittoProcess(handle, Optional.empty(), Optional.empty()));
    }

    private static boolean isOurs(ProcessHandle handle, Path configuration) {
        List<String> arguments = Arrays.asList(handle.info().arguments().orElse(new String[0]));
        return handle.info().command().orElse("").contains("/mosquitto") // an upgrade adds " (deleted)"
                && arguments.contains(configuration.toString());
    }

    long pid() {
        return handle.pid();
    }

    boolean isAlive() {
        return handle.isAlive();
    }

    /** Runs an action, on some thread, when the process has ended. */
    void whenEnded(Runnable action) {
        handle.onExit().thenRun(action);
    }

    /** How it ended, for a person. The kernel tells only a parent. */
    String ending() {
        return child.map(process -> {
                    int code = process.exitValue();
                    return code > 128 ? "killed by signal " + (code - 128) : "exit code " + code;
                })
                .orElse("ended, reason unknown: it was started by an earlier run of the hub");
    }

    /** Waits until it takes connections. Returns false if it ended, or the time is over. */
    boolean awaitListening(String url, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (handle.isAlive() && System.nanoTime() < deadline) {
            if (answers(url)) {
                return true;
            }
            awaitEnd(Duration.ofMillis(20));
        }
        return false;
    }

    /** Whether somebody takes connections there. */
    static boolean answers(String url) {
        URI uri = URI.create(url);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks it to end, so that it saves its state; kills it if it does not in time. */
    void end(Duration patience) {
        handle.destroy();
        if (!awaitEnd(patience)) {
            handle.destroyForcibly();
            awaitEnd(Duration.ofSeconds(1));
        }
    }

    /** Sends a signal that Java has no name for: {@code HUP}, {@code USR1}. The shell's own kill is always there. */
    void signal(String name) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder("sh", "-c", "kill -" + name + " " + handle.pid()).redirectErrorStream(true);
            builder.environment().keySet().removeIf(each -> each.startsWith("CARAVAN_"));
            Process shell = builder.start();
            if (!shell.waitFor(2, TimeUnit.SECONDS) || shell.exitValue() != 0) {
                throw new BrokerUnavailable("Mosquitto (pid " + handle.pid() + ") took no signal " + name
                        + ". Is it running, and does it belong to this user?");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run sh to signal Mosquitto", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** After it ended: waits until its last lines are in the log. */
    void awaitLog() {
        try {
            if (reader.isPresent()) {
                reader.get().join(1000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitEnd(Duration patience) {
        try {
            handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for the end of a process failed", e);
        }
    }

    private static void pass(Process process, MosquittoLog log) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.line(line);
            }
        } catch (IOException e) {
            // The process is gone; the supervisor sees that too.
        }
    }
}
