package org.caravanhub.flow;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.caravanhub.flow.RunningFlows.Change;

/** Puts what is proposed in the place of what runs, and takes back what cannot run after all. Used by the thread that owns the flows. */
final class Swap {
    private final RunningFlows running;
    private final Hub hub;

    Swap(RunningFlows running, Hub hub) {
        this.running = running;
        this.hub = hub;
    }

    /** What was done: flows that begin or go on in another form, and flows that ended. */
    record Made(Set<String> started, Set<String> stopped) {}

    /** Does as much of it as is right; what is refused is rejected in the proposal. */
    Made to(Proposal proposal) {
        Made made = new Made(new TreeSet<>(), new TreeSet<>());
        inHaste(() -> become(proposal, made));
        return made;
    }

    /** Ends one flow, without its file. */
    void stop(String flow) {
        inHaste(() -> running.stop(flow));
    }

    /** Brokers keep nothing for flows that do not run any more. */
    void endOtherSessions() {
        Set<String> run = running.flows();
        hub.endSessions(run::contains);
    }

    private void become(Proposal proposal, Made made) {
        boolean isOver = false;
        while (!isOver) {
            proposal.settle();
            Change change = running.become(proposal.wanted());
            made.started.addAll(change.started());
            made.stopped.addAll(change.stopped());
            Set<String> accepted = proposal.accepted();
            change.refused().forEach(refused -> takeBack(refused, accepted, proposal));
            isOver = change.refused().isEmpty();
        }
    }

    private static void takeBack(Refused refused, Set<String> accepted, Proposal proposal) {
        String path = refused.unit().path();
        List<Mistake> why = List.of(refused.mistake());
        if (accepted.contains(path)) {
            proposal.reject(path, why);
        } else if (!accepted.isEmpty()) {
            // It ran before, so something it is built from is to blame.
            accepted.forEach(other -> proposal.reject(other, why));
        } else {
            proposal.giveUp(path, why);
        }
    }

    /** What waits for others to share its commit is committed at once, so that no flow takes long to stop. */
    private void inHaste(Runnable work) {
        try (AutoCloseable haste = hub.hurry()) {
            work.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
