package org.caravanhub.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.caravanhub.flow.history.FlowHistory;
import org.caravanhub.flow.history.FlowVersion;
import org.caravanhub.flow.history.WholeFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The flows of the hub, and every change of them: an edit on disk, a save, a restore, a pause. One thread owns all changes, so that
 * they happen one after the other, each as a whole or not at all; any thread may ask.
 *
 * <p>Camel's own loading takes all files or none, and its reload stops what it cannot build (measured on 4.17.0).
 */
public final class Flows implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Flows.class);

    private final Settings settings;
    private final FlowFolder folder;
    private final FlowHistory history;
    private final PausedFlows paused = new PausedFlows();
    private final ExecutorService owner = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "flows");
        thread.setDaemon(true);
        return thread;
    });

    private ReadAhead ahead = ReadAhead.NOTHING;
    private @Nullable Transaction transaction;
    private @Nullable FolderWatch watch;
    private volatile List<FlowFile> files = List.of();
    private volatile Map<String, byte[]> running = Map.of();

    /**
     * Where the flows are, and what is needed to judge them.
     *
     * @param folder where the files are, in folders by feature
     * @param optional which files of {@code optional/} are wanted, by name without ending
     * @param data where history is kept, {@code DATA/flows}
     * @param program version of the program; another one checks all files anew
     * @param check finds what is wrong
     */
    public record Settings(
            Path folder, Set<String> optional, Path data, String program, FlowCheck check, Clock clock) {}

    /** Flows that do not run yet. */
    public Flows(Settings settings) {
        this.settings = settings;
        this.folder = new FlowFolder(settings.folder(), settings.optional());
        this.history = new FlowHistory(settings.data());
    }

    /** Begins to read the files; returns at once, so that other parts can start meanwhile. */
    public void readAhead() {
        owner.execute(() -> {
            try {
                ahead = ReadAhead.of(Findings.of(folder.look()).contents());
            } catch (RuntimeException e) {
                LOG.debug("flows not read ahead", e); // whatever it is, start meets it again, and tells it
            }
        });
    }

    /**
     * Loads and starts every flow. Of a file that is broken or gone the last good version runs.
     *
     * @param listener is told of every change from now on, on the thread that owns them; must be quick
     */
    public void start(CamelContext camel, Hub hub, Consumer<FlowChange> listener) {
        FailedStep.noteIn(camel);
        ask(() -> {
            Transaction made =
                    new Transaction(settings, history, new RunningFlows(camel, paused, hub), paused, hub, listener);
            transaction = made;
            made.begin(Findings.of(folder.look()), folder::isWanted, ahead);
            ahead = ReadAhead.NOTHING;
            publish();
            return made;
        });
    }

    /** From now on changes in the folder are noticed. */
    public void watch() {
        owner.execute(() -> transaction().recordShipped());
        FolderWatch started = new FolderWatch(folder.folder(), this::lookSoon);
        watch = started;
        started.start();
    }

    /** Every file, and what became of it; ordered by path. */
    public List<FlowFile> files() {
        return files;
    }

    /** What became of this file. */
    public Optional<FlowFile> file(String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }

    /** What runs of each file, by path: its last good bytes. */
    public Map<String, byte[]> running() {
        return running;
    }

    /** What each file was. */
    public FlowHistory history() {
        return history;
    }

    /** Whether somebody paused this flow. */
    public boolean isPaused(String flow) {
        return paused.contains(flow);
    }

    /** The ids of the flows that somebody paused. */
    public Set<String> paused() {
        return paused.ids();
    }

    /** Whether the hub came with this flow and runs it always; those of {@code optional/} are their owner's choice. */
    public boolean isShipped(String flow) {
        return files.stream()
                .filter(file -> file.flows().contains(flow))
                .map(FlowFile::path)
                .anyMatch(path ->
                        !path.startsWith("optional/") && Shipped.find(path).isPresent());
    }

    /** The bytes of a file: those in the folder, or of one that is gone those that run. */
    public byte[] read(String path) {
        return ask(() -> transaction().content(path).bytes());
    }

    /** What would be wrong if these files were saved, all at once. Nothing is changed. */
    public List<Mistake> check(Map<String, byte[]> proposed) {
        return ask(() -> transaction().check(proposed));
    }

    /**
     * Saves a file and runs it.
     *
     * @throws Stale if another version is there than was expected
     * @throws Rejected if it has mistakes; then nothing is written
     */
    public FlowFile save(String path, byte[] bytes, Expected expected, String who) {
        return change(path, expected, FlowVersion.Result.APPLIED, Optional.of(bytes), who);
    }

    /**
     * Writes back a version of a file and runs it.
     *
     * @param number which; without it the one that ran last
     * @throws Unknown if there is no such version
     */
    public FlowFile restore(String path, Optional<Long> number, String who) {
        FlowHistory.Whole version = (number.isPresent()
                        ? history.find(path, number.get())
                        : history.lastGood(path).or(() -> lastThatRan(path)))
                .orElseThrow(() -> new Unknown("no such version"));
        return change(path, new Expected.Anything(), FlowVersion.Result.RESTORED, Optional.of(version.bytes()), who);
    }

    /**
     * Stops the flows of a file for good and deletes it; history keeps what it was.
     *
     * @throws Unknown if there is no such file
     * @throws Stale if another version is there than was expected
     * @throws Rejected if others need what is in it
     */
    public void remove(String path, Expected expected, String who) {
        change(path, expected, FlowVersion.Result.REMOVED, Optional.empty(), who);
    }

    /**
     * Stops a flow until somebody resumes it; it stays so over restarts and edits.
     *
     * @throws Unknown if there is no such flow
     */
    public void pause(String flow, String who) {
        ask(() -> {
            transaction().pause(flow, who);
            return flow;
        });
    }

    /**
     * Lets a flow that was paused run again.
     *
     * @throws Unknown if there is no such flow
     */
    public void resume(String flow, String who) {
        ask(() -> {
            transaction().resume(flow, who);
            return flow;
        });
    }

    /** Looks at the folder at once; returns when what has changed there runs or is rejected. */
    public void lookNow() {
        ask(() -> {
            look();
            return folder;
        });
    }

    /** Notices nothing more; what runs is left to Camel. */
    @Override
    public void close() {
        FolderWatch running = watch;
        if (running != null) {
            running.close();
        }
        owner.shutdownNow();
        try {
            owner.awaitTermination(Duration.ofSeconds(2).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookSoon() {
        try {
            owner.execute(this::tryToLook);
        } catch (RejectedExecutionException e) {
            // The hub stops.
        }
    }

    private void tryToLook() {
        try {
            look();
        } catch (RuntimeException e) { // what runs runs on, whatever a disk or a component throws
            LOG.error(
                    "flows=not-looked-at folder={} reason=\"{}\" \"they run as before\"",
                    folder.folder(),
                    e.getMessage(),
                    e);
        }
    }

    private void look() {
        transaction().take(Findings.of(folder.look()));
        publish();
    }

    private FlowFile change(
            String path, Expected expected, FlowVersion.Result result, Optional<byte[]> bytes, String who) {
        return ask(() -> {
            look();
            Transaction here = transaction();
            Optional<FlowFile> now = file(path);
            if (bytes.isEmpty() && now.isEmpty()) {
                throw new Unknown("no such file");
            }
            if (bytes.isPresent() && !folder.isWanted(path)) {
                throw new Rejected(List.of(notWanted(path)));
            }
            expected.check(now.flatMap(file -> file.found().or(file::running)));
            Path file = settings.folder().resolve(path);
            if (bytes.isPresent()) {
                folder.leadsOut(path).ifPresent(mistake -> {
                    throw new Rejected(List.of(mistake));
                });
                Literals.hide(bytes.get());
                here.save(path, Content.of(bytes.get()), result, who, () -> write(file, bytes.get()));
            } else {
                here.remove(path, who, () -> delete(file));
            }
            publish();
            return file(path).or(() -> now).orElseThrow();
        });
    }

    private static Mistake notWanted(String path) {
        return new Mistake(
                path,
                0,
                0,
                Mistake.Code.BAD_NAME,
                "a flow of optional/ runs only when caravan.flows.optional names it",
                "save it in a folder of your own, as my/",
                "");
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(WholeFile.folderOf(file));
        WholeFile.write(file, bytes);
    }

    private static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            WholeFile.sync(WholeFile.folderOf(file));
        }
    }

    private Optional<FlowHistory.Whole> lastThatRan(String path) {
        return history.of(path).stream()
                .filter(version -> version.result() != FlowVersion.Result.REJECTED)
                .findFirst()
                .flatMap(version -> history.find(path, version.number()));
    }

    private void publish() {
        files = transaction().files();
        running = transaction().running();
    }

    private Transaction transaction() {
        Transaction here = transaction;
        if (here == null) {
            throw new IllegalStateException("The flows are not started yet");
        }
        return here;
    }

    private <T> T ask(Callable<T> work) {
        try {
            return owner.submit(work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException told) {
                throw told;
            }
            if (e.getCause() instanceof IOException io) {
                throw new UncheckedIOException(io);
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
