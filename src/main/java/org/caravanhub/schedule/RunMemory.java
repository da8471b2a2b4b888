package org.caravanhub.schedule;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.caravanhub.store.DatabaseAway;
import org.caravanhub.store.ScheduleBook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is remembered of the runs of flows that begin with {@code every:}. Safe for several threads. */
final class RunMemory {
    private static final Logger LOG = LoggerFactory.getLogger(RunMemory.class);
    private static final String FOLDER = "every/";

    private final ScheduleBook book;
    private final Schedules schedules;

    RunMemory(ScheduleBook book, Schedules schedules) {
        this.book = book;
        this.schedules = schedules;
    }

    /**
     * When a flow was due last; one that is seen for the first time was due now.
     *
     * @throws DatabaseAway if nobody can tell at the moment
     */
    Instant lastPlanned(String flow, Instant now) {
        ScheduleBook.Line line = book.lines().get(FOLDER + flow);
        if (line == null) {
            note(flow, now, now, "known");
            return now;
        }
        return Instant.ofEpochMilli(line.plannedAt());
    }

    /** Notes a run. */
    void ran(String flow, Instant planned, Instant at) {
        note(flow, planned, at, schedules.takeFailure(flow).orElse("done"));
    }

    private void note(String flow, Instant planned, Instant at, String outcome) {
        try {
            book.note(
                    List.of(new ScheduleBook.Line(FOLDER + flow, planned.toEpochMilli(), at.toEpochMilli(), outcome)));
        } catch (SQLException | DatabaseAway e) {
            LOG.warn("flow={} run=not-remembered reason=\"{}\"", flow, e.getMessage());
        }
    }

    /** Forgets why it failed, where that is not noted. */
    Optional<String> takeFailure(String flow) {
        return schedules.takeFailure(flow);
    }
}
