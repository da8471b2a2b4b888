package org.caravanhub.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.caravanhub.notice.Manner;
import org.caravanhub.notice.Notice;
import org.caravanhub.notice.Priority;

/**
 * What the owner should look at, from when it began until it was over. There is at most one of a name and device that is not over.
 *
 * @param id its number; 0 until it is kept
 * @param about name and device: which alert it is
 * @param flow which flow said it last
 * @param severity the worst that was said of it
 * @param state how it is
 * @param title a line, as it was said last
 * @param text some lines, as they were said last
 * @param count how often it was said
 * @param opened when it was said first
 * @param last when it was said last
 * @param told when it was told last; empty if it was not told
 * @param closes when it is over by itself; empty if somebody says when it is over
 * @param seen who acknowledged it, and when
 * @param end when and why it was over
 */
public record Alert(
        long id,
        About about,
        String flow,
        Priority severity,
        State state,
        String title,
        String text,
        long count,
        Instant opened,
        Instant last,
        Optional<Instant> told,
        Optional<Instant> closes,
        Optional<Seen> seen,
        Optional<End> end) {

    /** How it is. The words are part of the API. */
    public enum State {
        OPEN,
        /** Somebody knows, and is not told again until it gets worse. */
        ACKNOWLEDGED,
        RESOLVED;

        /** The word that API and pages use: {@code open}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The state of this word. */
        public static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * Which alert.
     *
     * @param name what it is about: {@code low-battery}
     * @param device whose it is; empty if it is about none
     */
    public record About(String name, String device) {}

    /** Who acknowledged it, and when. */
    public record Seen(Instant at, String by) {}

    /** When it was over, and why. */
    public record End(Instant at, String why) {}

    /** One that begins. */
    static Alert begin(Notice notice, Manner manner) {
        return new Alert(
                0,
                new About(notice.name(), notice.device()),
                notice.flow(),
                notice.priority(),
                State.OPEN,
                notice.title(),
                notice.text(),
                1,
                notice.time(),
                notice.time(),
                Optional.empty(),
                closes(notice, manner),
                Optional.empty(),
                Optional.empty());
    }

    /** It was said again. What only happens, and was acknowledged before, has happened anew. */
    Alert again(Notice notice, Manner manner) {
        boolean isWorse = notice.priority().compareTo(severity) > 0;
        boolean isReopened = isWorse || !manner.hasEnd();
        return new Alert(
                id,
                about,
                notice.flow(),
                isWorse ? notice.priority() : severity,
                isReopened ? State.OPEN : state,
                notice.title(),
                notice.text(),
                count + 1,
                opened,
                notice.time(),
                told,
                closes(notice, manner),
                isReopened ? Optional.empty() : seen,
                end);
    }

    /** Whether it is to be told now that it was said again. */
    boolean isDueAfter(Alert before, Manner manner, Instant now) {
        if (told.isEmpty() || severity.compareTo(before.severity) > 0) {
            return true;
        }
        Duration again = manner.again();
        if (again.isZero()) {
            return !manner.hasEnd();
        }
        Duration ago = Duration.between(told.get(), now);
        // A clock that was set back says nothing of how long ago it was.
        return state == State.OPEN && (ago.isNegative() || ago.compareTo(again) >= 0);
    }

    Alert told(Instant at) {
        return with(state, Optional.of(at), seen, end);
    }

    Alert acknowledged(Instant at, String by) {
        return with(State.ACKNOWLEDGED, told, Optional.of(new Seen(at, by)), end);
    }

    Alert resolved(Instant at, String why) {
        return with(State.RESOLVED, told, seen, Optional.of(new End(at, why)));
    }

    /** The same under the number that it is kept under. */
    Alert numbered(long number) {
        return new Alert(
                number, about, flow, severity, state, title, text, count, opened, last, told, closes, seen, end);
    }

    /** The same, known to have begun before: it was kept by the hub that ran before this one. */
    Alert continuing(Alert before) {
        return new Alert(
                before.id,
                about,
                flow,
                severity.compareTo(before.severity) > 0 ? severity : before.severity,
                state,
                title,
                text,
                count + before.count,
                before.opened,
                last,
                told.or(before::told),
                closes,
                seen.or(before::seen),
                end);
    }

    /** How long it lasted until then. */
    public Duration lasted(Instant until) {
        Duration length = Duration.between(opened, until);
        return length.isNegative() ? Duration.ZERO : length;
    }

    private Alert with(State now, Optional<Instant> toldAt, Optional<Seen> seenBy, Optional<End> over) {
        return new Alert(
                id, about, flow, severity, now, title, text, count, opened, last, toldAt, closes, seenBy, over);
    }

    private static Optional<Instant> closes(Notice notice, Manner manner) {
        return manner.hasEnd() ? Optional.empty() : Optional.of(notice.time().plus(manner.closes()));
    }
}
