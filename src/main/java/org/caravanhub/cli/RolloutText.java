package org.caravanhub.cli;

import java.util.ArrayList;
import java.util.List;
import org.caravanhub.text.Plain;

/** Rollouts as people read them. */
final class RolloutText {
    private static final int BAR = 24;
    private static final List<String> AT_IT = List.of("offered", "downloading", "installing", "verifying");
    private static final List<String> BAD = List.of("failed", "rolled_back", "timed_out");

    private RolloutText() {}

    /** {@code spring  hut-climate 1.4.0  running  ring 1 of 2, 10 %}. */
    static String head(Json rollout, Style style) {
        String state = rollout.textOrEmpty("state");
        String shown =
                switch (state) {
                    case "running", "completed" -> style.good(state);
                    case "paused", "stopped" -> style.bad(state);
                    default -> style.warning(Plain.line(state.replace('_', ' ')));
                };
        int rings = rollout.member("rings").items().size();
        return style.bold(Plain.line(rollout.textOrEmpty("name"))) + "  "
                + Plain.line(rollout.textOrEmpty("model") + " " + rollout.textOrEmpty("version")) + "  " + shown + "  "
                + (rings > 1 ? "ring " + (rollout.number("ring") + 1) + " of " + rings + ", " : "")
                + rollout.number("percent") + " %";
    }

    /** {@code 12 of 40 done, 2 failed, 3 at it, 23 waiting}. */
    static String counts(Json rollout) {
        Json counts = rollout.member("counts");
        List<String> parts = new ArrayList<>();
        if (counts.number("devices") == 0) {
            return "no device is in it yet";
        }
        parts.add(counts.number("done") + " of " + counts.number("devices") + " done");
        add(parts, sum(counts, BAD), "failed");
        add(parts, sum(counts, AT_IT), "at it");
        add(parts, counts.number("waiting"), "waiting");
        return String.join(", ", parts);
    }

    /** {@code [####xx>>-----]}: done, failed, at it, waiting. */
    static String bar(Json rollout) {
        Json counts = rollout.member("counts");
        long all = Math.max(1, counts.number("devices"));
        StringBuilder bar = new StringBuilder("[");
        long passed = 0;
        for (Part part : List.of(
                new Part('#', counts.number("done")),
                new Part('x', sum(counts, BAD)),
                new Part('>', sum(counts, AT_IT)))) {
            long from = passed * BAR / all;
            passed += part.devices();
            long until = passed * BAR / all;
            // Nobody is overlooked because there are many others.
            long wide = part.devices() > 0 ? Math.max(1, until - from) : 0;
            bar.append(String.valueOf(part.mark()).repeat((int) wide));
        }
        while (bar.length() <= BAR) {
            bar.append('-');
        }
        return bar.substring(0, BAR + 1) + "]";
    }

    private record Part(char mark, long devices) {}

    /** How many came to a bad end. */
    static long failed(Json rollout) {
        return sum(rollout.member("counts"), BAD);
    }

    /** Whether something may still become of it by itself, or when somebody says so. */
    static boolean isOpen(Json rollout) {
        return List.of("running", "paused", "rolling_back").contains(rollout.textOrEmpty("state"));
    }

    /** {@code hut-door failed: flash write failed}. */
    static String line(Json update) {
        String state = update.textOrEmpty("state");
        String reason = update.textOrEmpty("reason");
        return Plain.line(update.textOrEmpty("device") + " " + state.replace('_', ' ')
                + (state.equals("downloading") ? " " + update.number("percent") + " %" : "")
                + (reason.isEmpty() ? "" : ": " + reason));
    }

    static boolean isBad(Json update) {
        return BAD.contains(update.textOrEmpty("state"));
    }

    private static long sum(Json counts, List<String> states) {
        return states.stream().mapToLong(counts::number).sum();
    }

    private static void add(List<String> parts, long number, String what) {
        if (number > 0) {
            parts.add(number + " " + what);
        }
    }
}
