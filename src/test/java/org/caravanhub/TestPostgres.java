package org.caravanhub;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.caravanhub.bench.Ports;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real PostgreSQL on a port of 127.0.0.1 that the operating system chose, with its data in a folder of its own that goes with it. It
 * keeps what was committed over {@link #stop}, {@link #kill} and {@link #start}, on the same port. PostgreSQL refuses to run as root, so
 * root starts it as the user {@code postgres}. Tests are skipped where it is not installed.
 */
public final class TestPostgres implements AutoCloseable {
    /** The owner of the database; over 127.0.0.1 no password is asked. */
    public static final String USER = "caravan";

    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Small and quick: what the operating system was given outlives a killed process without fsync. */
    private static final List<String> OPTIONS = List.of(
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "fsync=off",
            "-c",
            "shared_buffers=16MB",
            "-c",
            "max_connections=40");

    private static @Nullable Path blank;

    private final Path folder;
    private final Path programs;
    private final int port;
    private @Nullable Process process;

    private TestPostgres(Path folder, Path programs, int port) {
        this.folder = folder;
        this.programs = programs;
        this.port = port;
    }

    /** A new one that answers, with an empty database. */
    public static TestPostgres fresh() {
        try {
            TestPostgres postgres =
                    new TestPostgres(Files.createTempDirectory("caravan-postgres"), programs(), Ports.free());
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::kill, "end postgres"));
            postgres.initialise();
            postgres.start();
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For JDBC, with the user. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + USER;
    }

    public int port() {
        return port;
    }

    /** What the server wrote, as it was read until now. */
    public String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new connection, of the caller's. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    /** Runs statements, separated by semicolons, each committed by itself. */
    public void run(String sql) {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** Starts it again after {@link #stop} or {@link #kill}; returns when it answers. */
    public void start() {
        List<String> command = new ArrayList<>(List.of(
                programs.resolve("postgres").toString(),
                "-D",
                data(),
                "-p",
                String.valueOf(port),
                "-k",
                folder.toString()));
        command.addAll(OPTIONS);
        try {
            process = new ProcessBuilder(asPostgres(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until("PostgreSQL answers", PATIENCE, this::answers);
    }

    /** As an operator stops it: connections are cut off, what was committed is written. */
    public void stop() {
        signal("INT");
        awaitEnd();
    }

    /** Without a word, with all its processes. */
    public void kill() {
        Process postmaster = process;
        if (postmaster != null) {
            List<ProcessHandle> all = everyProcess(postmaster);
            all.forEach(ProcessHandle::destroyForcibly);
            awaitEnd();
            Await.until(
                    "PostgreSQL's processes end", PATIENCE, () -> all.stream().noneMatch(TestPostgres::runs));
        }
    }

    /** It keeps its connections and says nothing more, as on a machine that hangs, until {@link #resume}. */
    public void suspend() {
        everyProcess(running()).forEach(one -> signal("STOP", one.pid()));
    }

    /** Ends {@link #suspend}. */
    public void resume() {
        everyProcess(running()).forEach(one -> signal("CONT", one.pid()));
    }

    @Override
    public void close() {
        kill();
        delete(folder);
    }

    /** A copy of what {@code initdb} makes: it takes seconds, and makes the same each time. */
    private void initialise() throws IOException {
        String blank = blank(programs).toString();
        giveTo("postgres", folder);
        finish(asPostgres(List.of("cp", "-a", blank, data())));
    }

    private static synchronized Path blank(Path programs) throws IOException {
        if (blank == null) {
            Path made = Files.createTempDirectory("caravan-postgres-blank");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(made), "forget blank postgres"));
            giveTo("postgres", made);
            finish(asPostgres(List.of(
                    programs.resolve("initdb").toString(),
                    "-D",
                    made.resolve("data").toString(),
                    "-U",
                    USER,
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--no-locale",
                    "--no-sync")));
            blank = made.resolve("data");
        }
        return blank;
    }

    private static void giveTo(String user, Path folder) throws IOException {
        if (isRoot()) {
            Files.setOwner(
                    folder,
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private boolean answers() {
        if (!running().isAlive()) {
            throw new AssertionError("PostgreSQL ended: " + log());
        }
        try (Connection connection = connect()) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }

    private void awaitEnd() {
        try {
            if (!running().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("PostgreSQL does not end: " + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void signal(String name) {
        signal(name, running().pid());
    }

    private static void signal(String name, long pid) {
        finish(List.of("kill", "-" + name, String.valueOf(pid)));
    }

    private static List<ProcessHandle> everyProcess(Process postmaster) {
        List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
        all.add(0, postmaster.toHandle());
        return all;
    }

    /** Its orphans end at once, and are there until the first process of the machine has looked at them, which takes seconds. */
    private static boolean runs(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    private static void finish(List<String> command) {
        try {
            Process program =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(program.getInputStream().readAllBytes(), UTF_8);
            if (program.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command itself takes the place of the program that changes the user, so that the process is PostgreSQL's. */
    private static List<String> asPostgres(List<String> command) {
        List<String> whole = new ArrayList<>();
        if (isRoot()) {
            whole.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"));
        }
        whole.addAll(command);
        return whole;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Those of the newest version. */
    private static Path programs() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(INSTALLED), "PostgreSQL is not installed");
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            List<Path> found = versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
            Assumptions.assumeFalse(found.isEmpty(), "PostgreSQL is not installed");
            return found.get(found.size() - 1);
        }
    }
}
