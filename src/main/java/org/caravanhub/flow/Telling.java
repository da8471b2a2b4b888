package org.caravanhub.flow;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what happened to the flows: in the log, and to who listens. Once for each change. */
final class Telling {
    private static final Logger LOG = LoggerFactory.getLogger(Flows.class);

    private final Consumer<FlowChange> listener;

    Telling(Consumer<FlowChange> listener) {
        this.listener = listener;
    }

    /** What a file is told that is not in the folder any more. */
    static Mistake gone(String path) {
        return new Mistake(
                path,
                0,
                0,
                Mistake.Code.GONE,
                "the file was deleted; its flows run on as they were",
                "`caravan flow restore " + path + "` writes it back, `caravan flow remove " + path
                        + "` stops them for good",
                "");
    }

    /** A version runs. */
    void applied(
            String path, Known now, Set<String> flows, Set<String> started, Set<String> stopped, boolean isRestored) {
        String version = now.good().map(Content::id).orElse("");
        LOG.info("flow applied file={} version={} by=\"{}\"", path, version, now.who());
        Set<String> mine = new TreeSet<>(started);
        mine.retainAll(flows);
        told(new FlowChange(
                isRestored ? FlowChange.What.RESTORED : FlowChange.What.APPLIED,
                path,
                Optional.of(version),
                now.who(),
                mine,
                stopped,
                java.util.List.of()));
    }

    /** A version has mistakes, or the file is gone. */
    void wrong(String path, Known now) {
        now.mistakes().forEach(mistake -> LOG.error("{}", mistake.text()));
        boolean isGone = now.state() == FlowFile.State.GONE;
        told(new FlowChange(
                isGone ? FlowChange.What.GONE : FlowChange.What.REJECTED,
                path,
                now.found().map(Content::id),
                now.who(),
                Set.of(),
                Set.of(),
                now.mistakes()));
    }

    /** A file was given up. */
    void removed(String path, Content was, String who, Set<String> stopped) {
        LOG.info("flow removed file={} version={} by=\"{}\"", path, was.id(), who);
        told(new FlowChange(
                FlowChange.What.REMOVED, path, Optional.of(was.id()), who, Set.of(), stopped, java.util.List.of()));
    }

    /** What a change did in all. */
    void summary(Set<String> started, Set<String> stopped) {
        if (!started.isEmpty() || !stopped.isEmpty()) {
            LOG.info("flows changed started={} stopped={}", String.join(",", started), String.join(",", stopped));
        }
    }

    void told(FlowChange change) {
        if (change.file().isEmpty()) {
            LOG.info(
                    "flow {} by=\"{}\" id={}{}",
                    change.what().word(),
                    change.who(),
                    join(change.started()),
                    join(change.stopped()));
        }
        listener.accept(change);
    }

    private static String join(Set<String> ids) {
        return String.join(",", ids);
    }
}
