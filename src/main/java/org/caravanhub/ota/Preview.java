package org.caravanhub.ota;

import java.util.List;

/**
 * What a rollout would do, were it made now. Devices that nobody has heard of yet are not in it.
 *
 * @param devices how many are known that it is for, over all rings
 * @param rings how many of them come with each ring; every device once
 * @param examples ids of some of the first ring
 * @param alreadyRunning devices of its audience that run the release already
 * @param newer those that run a newer one, and are left alone
 * @param tooOld those that are older than the release's least version, and are left alone
 * @param disabled those among {@code devices} whose owner wants nothing of them; they wait
 * @param warnings sentences: a ring that nobody is in, devices that another rollout has in hand
 */
public record Preview(
        int devices,
        List<Integer> rings,
        List<String> examples,
        int alreadyRunning,
        int newer,
        int tooOld,
        int disabled,
        List<String> warnings) {
    public Preview {
        rings = List.copyOf(rings);
        examples = List.copyOf(examples);
        warnings = List.copyOf(warnings);
    }
}
