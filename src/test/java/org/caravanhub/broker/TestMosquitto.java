package org.caravanhub.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.caravanhub.Await;
import org.caravanhub.bench.Ports;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Mosquitto on a port of 127.0.0.1 that the operating system chose, with its state in a directory of its own. It keeps
 * sessions over {@link #stop} and {@link #start}, on the same port, and over {@link #kill} if its configuration makes it. Tests
 * are skipped where the program {@code mosquitto} is missing.
 */
public final class TestMosquitto implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path directory;
    private final int port;
    private int tlsPort;
    private final List<String> lines = new ArrayList<>();
    private @Nullable Process process;
    private boolean hasPlugin;

    private TestMosquitto() {
        try {
            directory = Files.createTempDirectory("caravan-mosquitto");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        port = Ports.free();
        lines.add("persistence true");
        lines.add("persistence_location " + directory + "/");
        if (System.getProperty("user.name").equals("root")) {
            lines.add("user root");
        }
    }

    private static TestMosquitto simple() {
        TestMosquitto mosquitto = new TestMosquitto();
        return mosquitto.with(
                "listener " + mosquitto.port + " 127.0.0.1", "max_queued_messages 0", "set_tcp_nodelay true");
    }

    /** The account that manages the others of {@link #production}. */
    public static final String CONTROL_USER = "caravan-control";

    public static final String CONTROL_PASSWORD = "control-secret";

    /**
     * One with the files of {@code config/mosquitto}, only ports and paths are others, and the account {@link #CONTROL_USER}; not
     * started yet. Its accounts are looked after before each start, as systemd does.
     */
    public static TestMosquitto production() {
        TestMosquitto mosquitto = new TestMosquitto();
        mosquitto.hasPlugin = true;
        mosquitto.include("caravan.conf", mosquitto.directory);
        mosquitto.accounts("init", CONTROL_PASSWORD + "\n" + CONTROL_PASSWORD + "\n");
        return mosquitto;
    }

    /** TLS beside it, with the file for it of {@code config/mosquitto}; in this folder are {@code server.crt} and {@code server.key}. */
    public TestMosquitto tls(Path certificates) {
        tlsPort = Ports.free();
        include("caravan-tls.conf", certificates);
        return this;
    }

    private void include(String file, Path certificates) {
        try {
            for (String line : Files.readAllLines(Path.of("config/mosquitto", file))) {
                lines.add(line.replace("listener 1883", "listener " + port + " 127.0.0.1")
                        .replace("listener 8883", "listener " + tlsPort + " 127.0.0.1")
                        .replace("/etc/mosquitto/certs", certificates.toString())
                        .replace("/usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so", plugin())
                        .replace("/var/lib/mosquitto", directory.toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one of this machine, or that of a Mosquitto that is first on the path. */
    private static String plugin() {
        String other = System.getenv("MOSQUITTO_DYNAMIC_SECURITY");
        if (other != null) {
            return other;
        }
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve("mosquitto_dynamic_security.so"))
                    .filter(Files::exists)
                    .findFirst()
                    .map(Path::toString)
                    .orElseGet(() -> Assumptions.abort("no Mosquitto with the Dynamic Security plugin here"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The plugin's file. */
    public Path accounts() {
        return directory.resolve("dynamic-security.json");
    }

    private void accounts(String what, String input) {
        try {
            ProcessBuilder script = new ProcessBuilder("config/mosquitto/caravan-accounts", what)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            script.environment().put("CARAVAN_DYNSEC", accounts().toString());
            script.environment()
                    .put(
                            "CARAVAN_DYNSEC_FIRST",
                            directory.resolve("dynamic-security.first.json").toString());
            script.environment().put("CARAVAN_DYNSEC_OWNER", System.getProperty("user.name"));
            Process running = script.start();
            try (OutputStream to = running.getOutputStream()) {
                to.write(input.getBytes(UTF_8));
            }
            ended(running);
            if (running.exitValue() != 0) {
                throw new IllegalStateException("caravan-accounts " + what + " ended with " + running.exitValue() + ": "
                        + Files.readString(log()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that takes everybody, not started yet. */
    public static TestMosquitto open() {
        TestMosquitto mosquitto = simple();
        mosquitto.lines.add("allow_anonymous true");
        return mosquitto;
    }

    /** One that takes only users that {@link #user} names, not started yet. */
    public static TestMosquitto guarded() {
        TestMosquitto mosquitto = simple();
        mosquitto.lines.add("allow_anonymous false");
        return mosquitto;
    }

    /** Adds lines to its configuration; counts from the next start. */
    public TestMosquitto with(String... configuration) {
        lines.addAll(List.of(configuration));
        return this;
    }

    /** Adds a user or gives one another password; when it runs, at once. */
    public TestMosquitto user(String name, String password) {
        Path file = directory.resolve("passwords");
        List<String> command = new ArrayList<>(List.of("mosquitto_passwd", "-b", file.toString(), name, password));
        if (!Files.exists(file)) {
            command.add(1, "-c");
            lines.add("password_file " + file);
        }
        run(command);
        reload();
        return this;
    }

    /** Sets its access rules, as in an {@code acl_file}; when it runs, at once. */
    public TestMosquitto acl(String rules) {
        Path file = directory.resolve("acl");
        if (!Files.exists(file)) {
            lines.add("acl_file " + file);
        }
        try {
            Files.writeString(file, rules);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reload();
        return this;
    }

    /** Starts it, and waits until it listens. */
    public TestMosquitto start() {
        if (hasPlugin) {
            accounts("check", "");
        }
        try {
            Path configuration = directory.resolve("mosquitto.conf");
            Files.write(configuration, lines);
            process = new ProcessBuilder("mosquitto", "-c", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            Assumptions.abort("no program mosquitto here: " + e.getMessage());
        }
        Await.until("mosquitto listens on " + port + ", see " + log(), PATIENCE, this::isListening);
        return this;
    }

    /** Ends it in good order: it saves its sessions. */
    public void stop() {
        if (process != null) {
            process.destroy();
            ended(process);
        }
    }

    /** Ends it as a power cut would. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            ended(process);
        }
    }

    public int port() {
        return port;
    }

    /** For clients: {@code tcp://127.0.0.1:PORT}. */
    public String url() {
        return "tcp://127.0.0.1:" + port;
    }

    public int tlsPort() {
        return tlsPort;
    }

    /** Makes it read its files again. */
    public void readAgain() {
        reload();
    }

    /** Where its state, configuration and log are. */
    public Path directory() {
        return directory;
    }

    /** What it wrote to its log. */
    public Path log() {
        return directory.resolve("mosquitto.log");
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void reload() {
        if (process != null && process.isAlive()) {
            run(List.of("kill", "-HUP", Long.toString(process.pid())));
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            ended(process);
            if (process.exitValue() != 0) {
                throw new IllegalStateException(command + " ended with " + process.exitValue());
            }
        } catch (IOException e) {
            Assumptions.abort("no program " + command.get(0) + " here: " + e.getMessage());
        }
    }

    private static void ended(Process process) {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + process.pid() + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
