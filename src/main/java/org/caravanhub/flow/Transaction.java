package org.caravanhub.flow;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.caravanhub.flow.history.FlowHistory;
import org.caravanhub.flow.history.FlowVersion.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what runs to what is in the folder, as far as that is right. What is wrong changes nothing: its last good version runs on,
 * and it is told. Used by the thread that owns the flows.
 */
final class Transaction {
    private static final Logger LOG = LoggerFactory.getLogger(Transaction.class);

    private final Flows.Settings settings;
    private final RunningFlows running;
    private final PausedFlows paused;
    private final Swap swap;
    private final Telling telling;
    private final Remembered remembered;

    /** What runs of each file. */
    private final Map<String, Content> good = new TreeMap<>();

    private Map<String, Content> found = new TreeMap<>();
    /** What was found and cannot be a flow file, whatever is in it. */
    private Map<String, Mistake> refused = Map.of();

    private Map<String, Known> known = new TreeMap<>();

    /** What came of one round. */
    private record Outcome(Proposal proposal, Set<String> moved, Set<String> started, Set<String> stopped) {}

    /** Something that may fail on the disk. */
    interface Writing {
        void run() throws IOException;
    }

    Transaction(
            Flows.Settings settings,
            FlowHistory history,
            RunningFlows running,
            PausedFlows paused,
            Hub hub,
            Consumer<FlowChange> listener) {
        this.settings = settings;
        this.running = running;
        this.paused = paused;
        this.swap = new Swap(running, hub);
        this.telling = new Telling(listener);
        this.remembered = new Remembered(settings, history);
    }

    /** The start: what was checked before by the same program is not checked again. */
    void begin(Findings all, Predicate<String> isWanted, ReadAhead ahead) throws IOException {
        remembered.paused().forEach(paused::add);
        Set<String> trusted = remembered.recall(all.contents(), good, isWanted, ahead);
        refused = all.refused();
        Outcome outcome = run(all.contents(), Set.of(), trusted, ahead);
        known = knownNow(outcome, all.owners(), "file");
        Set<String> accepted = outcome.proposal.accepted();
        for (String path : found.keySet()) {
            Content content = found.get(path);
            if (accepted.contains(path) && trusted.contains(path)) {
                remembered.later(path, content);
            } else if (accepted.contains(path)) {
                remembered.record(path, content, Result.APPLIED, whoOf(path), List.of());
            }
        }
        known.forEach((path, now) -> {
            if (now.state() != FlowFile.State.RUNNING) {
                noteRejection(path, now);
                telling.wrong(path, now);
            }
        });
        long wrong = known.values().stream()
                .filter(file -> file.state() != FlowFile.State.RUNNING)
                .count();
        LOG.info("flows={} files={} broken={}", running.flows().size(), known.size(), wrong);
    }

    /** After the start, when nobody waits. */
    void recordShipped() {
        remembered.recordLater();
        remembered.note(paused.ids());
    }

    /** The folder was looked at. */
    void take(Findings all) {
        if (all.contents().equals(found) && all.refused().equals(refused)) {
            return;
        }
        refused = all.refused();
        Outcome outcome = run(all.contents(), Set.of());
        conclude(outcome, all.owners(), Result.APPLIED);
    }

    /**
     * Somebody saves a file: it is written when its flows run.
     *
     * @throws Rejected if it has mistakes
     */
    void save(String path, Content content, Result result, String who, Writing writing) throws IOException {
        Map<String, Content> before = found;
        Map<String, Content> proposed = new TreeMap<>(before);
        proposed.put(path, content);
        Outcome outcome = run(proposed, Set.of());
        List<Mistake> mistakes = outcome.proposal.rejected().get(path);
        if (mistakes != null) {
            remembered.record(path, content, Result.REJECTED, who, mistakes);
            found = before;
            throw new Rejected(mistakes);
        }
        try {
            writing.run();
        } catch (IOException e) {
            run(before, Set.of());
            throw e;
        }
        conclude(outcome, Map.of(path, who), result);
    }

    /** Somebody gives a file up: it is deleted when its flows are stopped. */
    void remove(String path, String who, Writing writing) throws IOException {
        Map<String, Content> before = found;
        Content was = content(path);
        Map<String, Content> proposed = new TreeMap<>(before);
        proposed.remove(path);
        Outcome outcome = run(proposed, Set.of(path));
        List<Mistake> mistakes = outcome.proposal.rejected().get(path);
        if (mistakes != null) {
            found = before;
            throw new Rejected(mistakes);
        }
        writing.run();
        remembered.record(path, was, Result.REMOVED, who, List.of());
        conclude(outcome, Map.of(path, who), Result.REMOVED);
        telling.removed(path, was, who, outcome.stopped);
    }

    /** What would be wrong with these. */
    List<Mistake> check(Map<String, byte[]> proposed) {
        Map<String, Content> changed = new TreeMap<>();
        Proposal proposal =
                new Proposal(good, changed, Set.of(), Set.of(), Set.of(), settings.check(), ReadAhead.NOTHING);
        proposed.forEach((path, bytes) -> {
            if (FlowPath.isAllowed(path)) {
                Literals.hide(bytes);
                changed.put(path, Content.of(bytes));
            } else {
                proposal.reject(path, List.of(FlowPath.mistake(path)));
            }
        });
        proposal.settle();
        List<Mistake> mistakes = new ArrayList<>();
        proposal.rejected().values().forEach(mistakes::addAll);
        return mistakes;
    }

    Content content(String path) {
        Content content = found.getOrDefault(path, good.get(path));
        if (content == null) {
            throw new Unknown("no such file");
        }
        return content;
    }

    void pause(String flow, String who) {
        checkThere(flow);
        paused.add(flow);
        remembered.note(paused.ids());
        swap.stop(flow);
        telling.told(FlowChange.ofFlow(FlowChange.What.PAUSED, flow, who));
    }

    void resume(String flow, String who) {
        checkThere(flow);
        paused.remove(flow);
        remembered.note(paused.ids());
        try {
            running.start(flow);
        } catch (Exception e) { // whatever a component may throw
            throw new IllegalStateException("the flow could not be started", e);
        }
        telling.told(FlowChange.ofFlow(FlowChange.What.RESUMED, flow, who));
    }

    List<FlowFile> files() {
        List<FlowFile> files = new ArrayList<>();
        known.forEach((path, what) -> files.add(what.file(path, running.flowsOf(path))));
        return List.copyOf(files);
    }

    Map<String, byte[]> running() {
        Map<String, byte[]> bytes = new TreeMap<>();
        good.forEach((path, content) -> bytes.put(path, content.bytes()));
        return Map.copyOf(bytes);
    }

    private void checkThere(String flow) {
        if (!running.flows().contains(flow)) {
            throw new Unknown("no such flow");
        }
    }

    /** Makes a proposal of what is there, and runs it as far as it is right. */
    private Outcome run(Map<String, Content> proposed, Set<String> removed) {
        return run(proposed, removed, Set.of(), ReadAhead.NOTHING);
    }

    private Outcome run(Map<String, Content> proposed, Set<String> removed, Set<String> trusted, ReadAhead ahead) {
        found = new TreeMap<>(proposed);
        Map<String, Content> changed = new TreeMap<>();
        proposed.forEach((path, content) -> {
            Content runs = good.get(path);
            if (runs == null || !runs.isSame(content)) {
                changed.put(path, content);
            }
        });
        Set<String> missing = new HashSet<>(good.keySet());
        missing.removeAll(proposed.keySet());
        missing.removeAll(removed);
        Proposal proposal = new Proposal(good, changed, missing, removed, trusted, settings.check(), ahead);
        refused.forEach((path, mistake) -> proposal.reject(path, List.of(mistake)));
        Swap.Made made = swap.to(proposal);
        Set<String> moved = proposal.moved();
        Map<String, Content> target = proposal.target();
        good.clear();
        good.putAll(target);
        swap.endOtherSessions();
        return new Outcome(proposal, moved, made.started(), made.stopped());
    }

    /** Remembers and tells what is different now. */
    private void conclude(Outcome outcome, Map<String, String> whos, Result result) {
        Map<String, Known> before = known;
        known = knownNow(outcome, whos, "file");
        for (String path : outcome.moved) {
            Known was = before.get(path);
            if (was != null) {
                was.good()
                        .ifPresent(
                                content -> remembered.record(path, content, Result.REMOVED, "file, moved", List.of()));
            }
        }
        known.forEach((path, now) -> {
            Known was = before.get(path);
            if (was != null && was.isLike(now)) {
                return;
            }
            if (now.state() == FlowFile.State.RUNNING) {
                boolean isOther = was == null
                        || !was.good().map(Content::id).equals(now.good().map(Content::id));
                boolean isRestored = result == Result.RESTORED && whos.containsKey(path);
                if (isOther || isRestored) {
                    now.good().ifPresent(content -> remembered.record(path, content, result, now.who(), List.of()));
                }
                telling.applied(path, now, running.flowsOf(path), outcome.started, outcome.stopped, isRestored);
            } else {
                noteRejection(path, now);
                telling.wrong(path, now);
            }
        });
        telling.summary(outcome.started, outcome.stopped);
    }

    private void noteRejection(String path, Known now) {
        boolean isWorthKeeping = now.state() != FlowFile.State.GONE && FlowPath.isAllowed(path);
        if (isWorthKeeping) {
            now.found()
                    .ifPresent(content -> remembered.record(path, content, Result.REJECTED, now.who(), now.mistakes()));
        }
    }

    private Map<String, Known> knownNow(Outcome outcome, Map<String, String> whos, String otherwise) {
        Map<String, Known> now = new TreeMap<>();
        Set<String> paths = new TreeSet<>(found.keySet());
        paths.addAll(good.keySet());
        Instant at = settings.clock().instant();
        for (String path : paths) {
            Optional<Content> here = Optional.ofNullable(found.get(path));
            List<Mistake> mistakes = here.isEmpty()
                    ? List.of(Telling.gone(path))
                    : outcome.proposal.rejected().getOrDefault(path, List.of());
            Known fresh = new Known(
                    Optional.ofNullable(good.get(path)), here, at, whos.getOrDefault(path, otherwise), mistakes);
            Known was = known.get(path);
            now.put(path, was != null && was.isLike(fresh) ? was : fresh);
        }
        return now;
    }

    private String whoOf(String path) {
        Known file = known.get(path);
        return file == null ? "file" : file.who();
    }
}
