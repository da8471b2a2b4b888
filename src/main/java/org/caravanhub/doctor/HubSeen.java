package org.caravanhub.doctor;

import java.util.List;
import java.util.Optional;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthReport;

/**
 * Whether there is a hub, and what it says of itself.
 *
 * @param state how it is, seen from outside
 * @param line the same as a check
 * @param lines the checks of a hub that answers
 */
public record HubSeen(State state, Health line, List<HealthReport.Line> lines) {
    /** How it is. The words are part of what the timer caravan-health writes. */
    public enum State {
        /** It answers, and has no problem. */
        UP,
        /** It says that it has a problem, or does not answer. */
        ILL,
        /** There is none. */
        DOWN;

        /** {@code up}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** One that has answered. */
    public static HubSeen answering(String version, List<HealthReport.Line> lines) {
        boolean isIll = lines.stream().anyMatch(line -> line.health().state() == Health.State.PROBLEM);
        return new HubSeen(
                isIll ? State.ILL : State.UP,
                Health.ok("Caravan " + version + " runs and answers."),
                List.copyOf(lines));
    }

    /**
     * One that has not.
     *
     * @param holder the process that has the data folder; nothing if no hub has it
     * @param why it did not answer
     * @param start how it is started
     */
    public static HubSeen silent(Optional<String> holder, String why, String start) {
        return holder.map(pid -> new HubSeen(
                        State.ILL,
                        Health.problem(
                                "A hub runs" + (pid.isEmpty() ? "" : " (pid " + pid + ")") + " and cannot be asked: "
                                        + why + ".",
                                "It may be starting, have too much to do, or hang.",
                                "If it goes on for minutes, see what it says: journalctl -u caravan -n 100. Then: sudo systemctl restart"
                                        + " caravan"),
                        List.of()))
                .orElseGet(() -> new HubSeen(
                        State.DOWN,
                        Health.problem(
                                "No hub runs with this data folder.",
                                "Nothing is stored; what devices say waits in a broker elsewhere, if there is one.",
                                "See below what keeps it from starting, then: " + start),
                        List.of()));
    }
}
