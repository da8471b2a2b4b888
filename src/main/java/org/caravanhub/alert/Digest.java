package org.caravanhub.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanhub.notice.Dispatch;
import org.caravanhub.notice.Notice;
import org.caravanhub.notice.Priority;

/**
 * What of many dispatches that are late is told in one: what is over by now, and what is too much. What is new is left as it is.
 *
 * @param taken which are told in it, or were said anew since
 * @param instead the one
 */
record Digest(List<Dispatch> taken, Optional<Dispatch> instead) {
    private static final Duration LATE = Duration.ofMinutes(5);
    private static final int MOST_ALONE = 10;
    private static final int MOST_LINES = 40;
    private static final int LONGEST = 4000;

    boolean isEmpty() {
        return taken.isEmpty();
    }

    /** How late it is; zero if it is not. */
    static Duration late(Dispatch dispatch, Instant now) {
        Duration age = Duration.between(dispatch.notice().time(), now);
        return age.compareTo(LATE) < 0 ? Duration.ZERO : age;
    }

    /** Looks at what waits for a channel, oldest first. */
    static Digest of(List<Dispatch> waiting, Instant now) {
        Map<String, List<Dispatch>> byAbout = new LinkedHashMap<>();
        for (Dispatch dispatch : waiting) {
            if (dispatch.state() == Dispatch.State.OPEN || dispatch.state() == Dispatch.State.RESOLVED) {
                byAbout.computeIfAbsent(dispatch.about(), first -> new ArrayList<>())
                        .add(dispatch);
            }
        }
        List<Dispatch> taken = new ArrayList<>();
        List<Dispatch> over = new ArrayList<>();
        List<Dispatch> alone = new ArrayList<>();
        for (List<Dispatch> same : byAbout.values()) {
            int end = lastEnd(same, now);
            if (end >= 0) {
                over.add(same.get(end));
                taken.addAll(same.subList(0, end + 1));
            }
            List<Dispatch> open = same.subList(end + 1, same.size());
            for (int i = 0; i + 1 < open.size(); i++) {
                boolean isSaidAgain = open.get(i + 1).state() == Dispatch.State.OPEN;
                if (isSaidAgain && !late(open.get(i), now).isZero()) {
                    taken.add(open.get(i));
                }
            }
            open.stream()
                    .filter(each -> !taken.contains(each) && !late(each, now).isZero())
                    .forEach(alone::add);
        }
        if (taken.size() == 1 && over.size() == 1) {
            // Only the end of something that was told in time.
            taken.clear();
            over.clear();
        }
        List<Dispatch> still = alone.stream()
                .sorted(Comparator.comparing(Dispatch::severity).reversed().thenComparing(each -> each.notice()
                        .time()))
                .skip(MOST_ALONE)
                .toList();
        taken.addAll(still);
        if (over.isEmpty() && still.isEmpty()) {
            return new Digest(List.copyOf(taken), Optional.empty());
        }
        Optional<Dispatch> before = waiting.stream()
                .filter(each -> each.state() == Dispatch.State.SUMMARY)
                .findFirst();
        before.ifPresent(taken::add);
        return new Digest(List.copyOf(taken), Optional.of(summary(over, still, before, now)));
    }

    private static int lastEnd(List<Dispatch> same, Instant now) {
        for (int i = same.size() - 1; i >= 0; i--) {
            if (same.get(i).state() == Dispatch.State.RESOLVED
                    && !late(same.get(0), now).isZero()) {
                return i;
            }
        }
        return -1;
    }

    private static Dispatch summary(List<Dispatch> over, List<Dispatch> still, Optional<Dispatch> before, Instant now) {
        List<String> lines = new ArrayList<>();
        still.forEach(each -> lines.add(
                "Still so, since " + minute(each.since()) + ": " + each.notice().title()));
        over.forEach(each -> lines.add(minute(each.since()) + " to "
                + minute(each.notice().time()) + ": " + each.notice().title()));
        before.ifPresent(older -> lines.addAll(older.notice().text().lines().toList()));
        long count = before.map(Dispatch::count).orElse(0L) + over.size() + still.size();
        String text = String.join("\n", lines.subList(0, Math.min(lines.size(), MOST_LINES)));
        String more = lines.size() > MOST_LINES ? "\nAll of them: caravan alert list --all" : "";
        Notice notice = new Notice(
                "summary",
                "",
                "While nobody could be told: " + count + (count == 1 ? " alert" : " alerts"),
                (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text) + more,
                Priority.LOW,
                "",
                before.map(older -> older.notice().time()).orElseGet(() -> over.stream()
                        .map(Dispatch::since)
                        .min(Comparator.naturalOrder())
                        .orElse(now)));
        return Dispatch.of(Dispatch.State.SUMMARY, notice, Priority.LOW, notice.time(), count);
    }

    private static String minute(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MINUTES).toString().replace(":00Z", "Z");
    }
}
