package org.caravanhub.flow;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.caravanhub.flow.history.FlowHistory;
import org.caravanhub.flow.history.FlowHistory.Whole;
import org.caravanhub.flow.history.FlowVersion;
import org.caravanhub.flow.history.FlowVersion.Result;
import org.caravanhub.flow.history.FlowsNote;
import org.caravanhub.flow.history.WholeFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the flows were before this start, and what is kept for the next. A disk that takes nothing does not keep a flow from running;
 * it is told. Used by the thread that owns the flows.
 */
final class Remembered {
    private static final Logger LOG = LoggerFactory.getLogger(Remembered.class);
    private static final int LARGEST_BYTES = 1024 * 1024;
    private static final String PROGRAM = "program";

    private final Flows.Settings settings;
    private final FlowHistory history;
    private final FlowsNote before;
    private final String folder;
    private final Map<String, Content> later = new TreeMap<>();
    private FlowsNote written;

    Remembered(Flows.Settings settings, FlowHistory history) {
        this.settings = settings;
        this.history = history;
        this.before = FlowsNote.in(settings.data());
        this.folder = settings.folder().toAbsolutePath().normalize().toString();
        this.written = before;
    }

    Set<String> paused() {
        return before.paused();
    }

    /**
     * Finds out what ran last of each file.
     *
     * @param found what is in the folder
     * @param good where it is put
     * @param isWanted whether a file that is not there should be
     * @param ahead what was read of them before
     * @return of what was found, what needs no check
     */
    Set<String> recall(
            Map<String, Content> found, Map<String, Content> good, Predicate<String> isWanted, ReadAhead ahead) {
        boolean isSameProgram = before.program().equals(settings.program());
        Set<String> trusted = new TreeSet<>();
        found.forEach((path, content) -> {
            if (ahead.isShipped(path, content)) {
                trusted.add(path);
            }
        });
        Map<String, Content> old = new HashMap<>();
        for (String path : history.paths()) {
            Content here = found.get(path);
            if (here != null && isSameProgram && history.lastGoodId(path).equals(Optional.of(here.id()))) {
                good.put(path, here);
            } else if (here != null) {
                history.lastGood(path).ifPresent(whole -> old.put(path, Content.of(whole.bytes())));
            } else if (before.folder().equals(folder) && isWanted.test(path)) {
                history.lastGood(path)
                        .filter(whole -> !isOutOfDate(whole, isSameProgram))
                        .ifPresent(whole -> old.put(path, Content.of(whole.bytes())));
            }
        }
        good.putAll(isSameProgram ? old : stillGood(good, old));
        return trusted;
    }

    /** Another program may know other components, and forbid others. */
    private Map<String, Content> stillGood(Map<String, Content> good, Map<String, Content> old) {
        Map<String, byte[]> all = new TreeMap<>();
        good.forEach((path, content) -> all.put(path, content.bytes()));
        old.forEach((path, content) -> all.put(path, content.bytes()));
        Map<String, Content> still = new TreeMap<>(old);
        if (!old.isEmpty()) {
            settings.check().check(all, old.keySet()).forEach(mistake -> still.remove(mistake.file()));
        }
        return still;
    }

    /** What came with an earlier program and not with this one is not missed. */
    private boolean isOutOfDate(Whole whole, boolean isSameProgram) {
        FlowVersion version = whole.version();
        boolean is = !isSameProgram && version.who().equals(PROGRAM);
        if (is) {
            record(version.path(), Content.of(whole.bytes()), Result.REMOVED, PROGRAM, List.of());
        }
        return is;
    }

    /** Records a version; the same rejected bytes once. */
    void record(String path, Content content, Result result, String who, List<Mistake> mistakes) {
        if (content.bytes().length > LARGEST_BYTES) {
            return;
        }
        try {
            keepShipped(path);
            if (result == Result.REJECTED && isNewest(path, content)) {
                return;
            }
            history.record(
                    path,
                    content.bytes(),
                    result,
                    settings.clock().instant(),
                    who,
                    mistakes.stream().map(Mistake::text).toList());
        } catch (IOException | RuntimeException e) {
            LOG.error(
                    "flow file={} version={} not-remembered reason=\"{}\" \"make room on the disk\"",
                    path,
                    content.id(),
                    e.getMessage());
        }
    }

    private boolean isNewest(String path, Content content) {
        List<FlowVersion> versions = history.of(path);
        return !versions.isEmpty()
                && versions.get(0).id().equals(content.id())
                && versions.get(0).result() == Result.REJECTED;
    }

    /** To be recorded when nobody waits. */
    void later(String path, Content content) {
        later.put(path, content);
    }

    void recordLater() {
        if (later.isEmpty()) {
            return;
        }
        try {
            for (String path : Set.copyOf(later.keySet())) {
                keepShipped(path);
            }
            WholeFile.sync(settings.data());
        } catch (IOException | RuntimeException e) {
            LOG.warn("flows not-remembered reason=\"{}\"", e.getMessage());
        }
    }

    private void keepShipped(String path) throws IOException {
        Content content = later.remove(path);
        if (content != null) {
            history.recordShipped(path, content.bytes(), settings.clock().instant());
        }
    }

    /** Notes what is no version of a file, if it is not noted yet. */
    void note(Set<String> paused) {
        FlowsNote now = new FlowsNote(folder, settings.program(), Set.copyOf(paused));
        if (now.equals(written)) {
            return;
        }
        try {
            now.write(settings.data());
            written = now;
        } catch (IOException e) {
            LOG.error("flows paused={} not-remembered reason=\"{}\" \"make room on the disk\"", paused, e.getMessage());
        }
    }
}
