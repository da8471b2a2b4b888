package org.caravanhub.job;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Long work, as it is at one moment.
 *
 * @param id never given twice
 * @param kind a word: what is done
 * @param subject what it is done to; empty if that is not known yet
 * @param stage what it does now, for a person; empty before it begins
 * @param done bytes of this stage so far
 * @param total bytes of this stage; 0 if that is not known
 * @param startedAt when it was asked for
 * @param endedAt when it was over
 * @param result what came of it, as members of a JSON object; empty unless it is {@link State#DONE}
 * @param failure why nothing came of it
 */
public record Job(
        String id,
        String kind,
        String subject,
        State state,
        String stage,
        long done,
        long total,
        Instant startedAt,
        Optional<Instant> endedAt,
        Map<String, Object> result,
        Optional<Failure> failure) {

    /** How it is with it. */
    public enum State {
        /** It begins in a moment. */
        QUEUED,
        RUNNING,
        DONE,
        FAILED
    }

    /**
     * Why it failed.
     *
     * @param code a word of the API's errors
     * @param detail what happened, why, and what to do now
     */
    public record Failure(String code, String detail) {}

    public Job {
        result = Map.copyOf(result);
    }

    static Job queued(String id, String kind, String subject, Instant now) {
        return new Job(id, kind, subject, State.QUEUED, "", 0, 0, now, Optional.empty(), Map.of(), Optional.empty());
    }

    Job at(String now, long bytes, long all) {
        return new Job(
                id, kind, subject, State.RUNNING, now, bytes, all, startedAt, Optional.empty(), Map.of(), failure);
    }

    Job ended(Instant now, Map<String, Object> came) {
        return new Job(
                id, kind, subject, State.DONE, "", done, total, startedAt, Optional.of(now), came, Optional.empty());
    }

    Job failed(Instant now, Failure why) {
        return new Job(
                id,
                kind,
                subject,
                State.FAILED,
                stage,
                done,
                total,
                startedAt,
                Optional.of(now),
                Map.of(),
                Optional.of(why));
    }

    /** Whether nothing more comes of it. */
    public boolean isOver() {
        return state == State.DONE || state == State.FAILED;
    }
}
