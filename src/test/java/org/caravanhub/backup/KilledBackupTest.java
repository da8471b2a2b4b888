package org.caravanhub.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code caravan backup now} is killed at the calls by which it changes the disk, wherever they are: those of one that was left alone are
 * counted, and each of the others is killed at one of them. Needs strace, which does the killing.
 */
class KilledBackupTest {
    private static final String STRACE = "/usr/bin/strace";
    private static final String CALLS = "write,pwrite64,fsync,fdatasync,rename,unlink,mkdir,rmdir,ftruncate";
    /** What strace writes: {@code 123 fsync(4</data/x>)}. */
    private static final Pattern CALL = Pattern.compile("^(\\d+) +(\\w+)\\((.*)");

    @TempDir
    Path folder;

    private BackedUp hub;
    private Path log;

    /** The n-th call of this name by the thread that makes the backup. */
    private record Point(String call, int count) {}

    @BeforeEach
    void fill() throws Exception {
        assumeTrue(Files.isExecutable(Path.of(STRACE)), "strace is not installed");
        hub = new BackedUp(folder);
        hub.addRows(50);
        log = folder.resolve("calls");
    }

    @Test
    void theOneBeforeStaysTheNewestWholeOneWhereverItIsKilled() throws Exception {
        killAt(5);
    }

    @Test
    @Tag("endurance")
    void andAtTwentyPoints() throws Exception {
        killAt(20);
    }

    private void killAt(int points) throws Exception {
        List<Point> all = pointsOfOneLeftAlone();
        BackupFile newest = hub.shelf().newest().orElseThrow();
        Set<Integer> killed = new LinkedHashSet<>();
        int whole = 0;
        for (int i = 0; i < points; i++) {
            int at = (int) ((long) i * (all.size() - 1) / (points - 1));
            Point point = all.get(at);
            assertThat(run("-e", "inject=" + point.call() + ":signal=KILL:when=" + point.count()))
                    .as("killed at %s", point)
                    .isEqualTo(128 + 9);

            // Either the one before, or a new one that had its name already; it is whole and comes back.
            BackupFile now = hub.shelf().newest().orElseThrow();
            whole += now.equals(newest) ? 0 : 1;
            newest = now;
            assertThat(hub.verification()
                            .check(now.path(), Optional.empty(), hub.room(), BackupListener.NONE)
                            .database()
                            .rows())
                    .as("killed at %s, call %d of %d", point, at, all.size())
                    .containsEntry("note", 50L);
            killed.add(at);
        }
        assertThat(killed).hasSize(points);
        assertThat(whole).as("most were killed before they had their name").isLessThan(points / 2 + 1);

        // What all of them have left goes with the next.
        assertThat(run()).isZero();
        try (Stream<Path> files = Files.list(hub.shelf().folder())) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains(".part"));
        }
        Path empty = Files.createDirectories(folder.resolve("new-machine"));
        Restore restore = new Restore(
                new Sources(empty, empty.resolve("routes"), List.of()), new org.caravanhub.store.SqliteCopies(empty));
        restore.begin(
                restore.prepare(hub.shelf().newest().orElseThrow().path(), Optional.empty(), BackupListener.NONE));
        assertThat(restore.finish().left()).isEmpty();
        assertThat(empty.resolve("admin.token")).hasContent("caravan_secret");
    }

    /** The calls by which it touched the data folder, in order. */
    private List<Point> pointsOfOneLeftAlone() throws Exception {
        assertThat(run("-y")).isZero();
        List<String> lines = Files.readAllLines(log);
        String thread = lines.stream()
                .filter(line -> line.contains("rename(") && line.contains(".tar.gz.part\""))
                .map(line -> line.split(" ")[0])
                .findFirst()
                .orElseThrow();
        Map<String, Integer> counts = new HashMap<>();
        List<Point> points = new ArrayList<>();
        for (String line : lines) {
            Matcher call = CALL.matcher(line);
            if (call.matches() && call.group(1).equals(thread)) {
                int count = counts.merge(call.group(2), 1, Integer::sum);
                if (call.group(3).contains(hub.data.toString())) {
                    points.add(new Point(call.group(2), count));
                }
            }
        }
        assertThat(points).hasSizeGreaterThan(20);
        return points;
    }

    private int run(String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(STRACE, "-f", "-qq", "-s", "300", "-o", log.toString(), "-e", "trace=" + CALLS));
        command.addAll(List.of(more));
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                "org.caravanhub.cli.Main",
                "backup",
                "now",
                "--quiet",
                "--data",
                hub.data.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CARAVAN_ROUTES", hub.routes.toString());
        Process process = builder.start();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
