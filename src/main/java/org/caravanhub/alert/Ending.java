package org.caravanhub.alert;

import java.time.Duration;
import java.time.Instant;
import org.caravanhub.notice.Dispatch;
import org.caravanhub.notice.Notice;
import org.caravanhub.notice.Priority;

/** What is told of an alert that is over, or was not told when it began. */
public final class Ending {
    private Ending() {}

    /** It is over: loud enough to be seen, not to wake anybody. */
    static Dispatch of(Alert alert, Notice end) {
        String title = end.title().isEmpty() ? alert.title() : end.title();
        String lasted = "It lasted " + spoken(alert.lasted(end.time())) + ".";
        String was = end.title().isEmpty() ? "" : "\nIt was: " + alert.title();
        String why = why(end).isEmpty() || !end.title().isEmpty() ? "" : why(end) + "\n";
        Notice notice = new Notice(
                end.name(),
                end.flow().isEmpty() ? alert.flow() : end.flow(),
                "Over: " + title,
                why + lasted + was,
                Priority.LOW,
                end.device(),
                end.time());
        return Dispatch.of(Dispatch.State.RESOLVED, notice, alert.severity(), alert.opened(), alert.count());
    }

    /** Why it is over; what a flow says to do about it is of no use any more. */
    static String why(Notice end) {
        return end.title().isEmpty() ? end.text() : "flow " + end.flow() + " says so";
    }

    /** It, as it was said last. */
    static Notice again(Alert alert, Instant now) {
        return new Notice(
                alert.about().name(),
                alert.flow(),
                alert.title(),
                alert.text(),
                alert.severity(),
                alert.about().device(),
                now);
    }

    /** {@code 3 h}, {@code 12 min}, {@code 4 days}: the largest unit that there are two of. */
    public static String spoken(Duration length) {
        if (length.toDays() >= 2) {
            return length.toDays() + " days";
        }
        if (length.toHours() >= 2) {
            return length.toHours() + " h";
        }
        return length.toMinutes() >= 2 ? length.toMinutes() + " min" : length.toSeconds() + " s";
    }
}
