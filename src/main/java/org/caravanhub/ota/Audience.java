package org.caravanhub.ota;

import java.util.Set;

/** Which devices of a model a rollout is for. */
public sealed interface Audience {
    /** Every one, or the first percents of them by {@link Canary}'s order. */
    record All() implements Audience {}

    /** Those whose id falls into the first percents; always the same ones, and those of a smaller percentage are among those of a larger. */
    record Canary() implements Audience {}

    /**
     * These, whatever the percentage.
     *
     * @param ids device ids
     * @param macs addresses, 12 hexadecimal digits in capitals
     */
    record Specific(Set<String> ids, Set<String> macs) implements Audience {}

    /** Those of a group in the registry. */
    record Group(String name) implements Audience {}
}
