package org.caravanhub.ota;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Counts what a rollout would do. */
final class Previewing {
    private static final int EXAMPLES = 10;

    private Previewing() {}

    /**
     * Counts it.
     *
     * @param open rollouts of the model that are under way
     */
    static Preview of(
            RolloutDraft draft,
            Release release,
            List<Member> fleet,
            List<Release> published,
            List<Rollout> open,
            Instant now) {
        int[] rings = new int[draft.plan().rings().size()];
        List<String> examples = new ArrayList<>();
        int running = 0;
        int newer = 0;
        int tooOld = 0;
        int disabled = 0;
        int taken = 0;
        for (Member member : fleet) {
            OptionalInt ring = Selection.ring(draft.audience(), draft.plan(), member);
            if (ring.isEmpty()) {
                continue;
            }
            switch (Fit.of(
                    release, member.version(), Set.of(), published, draft.plan().allowsDowngrade())) {
                case RUNS_IT -> running++;
                case NEWER -> newer++;
                case TOO_OLD -> tooOld++;
                case FITS -> {
                    rings[ring.getAsInt()]++;
                    disabled += member.isDisabled() ? 1 : 0;
                    taken += open.stream().anyMatch(other -> Selection.isIn(other, member)) ? 1 : 0;
                    if (ring.getAsInt() == 0 && examples.size() < EXAMPLES) {
                        examples.add(member.device());
                    }
                }
            }
        }
        List<Integer> perRing = new ArrayList<>();
        for (int ring : rings) {
            perRing.add(ring);
        }
        Rollout made = Turned.made(draft, OptionalLong.empty(), "", now);
        return new Preview(
                perRing.stream().mapToInt(Integer::intValue).sum(),
                perRing,
                examples,
                running,
                newer,
                tooOld,
                disabled,
                warnings(made, perRing, taken, newer));
    }

    private static List<String> warnings(Rollout made, List<Integer> rings, int taken, int newer) {
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < rings.size(); i++) {
            if (rings.get(i) == 0) {
                warnings.add("no known device is in "
                        + (rings.size() == 1 ? "it yet" : "ring " + (i + 1) + " of " + rings.size())
                        + (i == 0 && rings.size() > 1 ? "; the rollout stays there until somebody advances it" : ""));
            }
        }
        if (taken > 0) {
            warnings.add(taken + (taken == 1 ? " device is" : " devices are")
                    + " in another rollout that is under way; this one goes before it");
        }
        if (newer > 0) {
            warnings.add(newer + (newer == 1 ? " device runs" : " devices run") + " a newer version than "
                    + made.version() + " and stays with it; allow a downgrade to mean that");
        }
        return warnings;
    }
}
