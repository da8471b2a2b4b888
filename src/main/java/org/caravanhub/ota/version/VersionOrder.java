package org.caravanhub.ota.version;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which of two versions is the older one. Versions are what somebody typed or a build made: only <a href="https://semver.org">semver</a> and
 * lists of numbers have an order of their own. For all else, as {@code a1b2c3d-20251208-153045}, ask when it was published. A hint for
 * people and a guard against a downgrade; what a device should run is one release, and never "the highest".
 */
public final class VersionOrder {
    /** So many bytes of its version an ESP image keeps; what is longer was cut. */
    public static final int KEPT_BYTES = 31;

    /** How one version stands to another. */
    public enum Order {
        OLDER,
        NEWER,
        SAME,
        /** It cannot be told from the versions. */
        UNORDERED;

        static Order of(int comparison) {
            return comparison < 0 ? OLDER : comparison > 0 ? NEWER : SAME;
        }
    }

    private VersionOrder() {}

    /** How {@code version} stands to {@code other}: {@code OLDER} if it came before it. */
    public static Order compare(String version, String other) {
        if (version.equals(other)) {
            return Order.SAME;
        }
        Optional<Numbered> left = Numbered.of(version);
        Optional<Numbered> right = Numbered.of(other);
        return left.isPresent() && right.isPresent() ? left.get().compare(right.get()) : Order.UNORDERED;
    }

    /** Whether {@code version} is certainly newer than {@code other}. */
    public static boolean isNewer(String version, String other) {
        return compare(version, other) == Order.NEWER;
    }

    /** Whether {@code version} is certainly older than {@code other}. */
    public static boolean isOlder(String version, String other) {
        return compare(version, other) == Order.OLDER;
    }

    /** Whether both may name one build: they are equal letter by letter, or one is what an image kept of the other. */
    public static boolean couldBe(String told, String published) {
        return told.equals(published) || isCut(told, published) || isCut(published, told);
    }

    private static boolean isCut(String cut, String whole) {
        byte[] kept = cut.getBytes(StandardCharsets.UTF_8);
        byte[] all = whole.getBytes(StandardCharsets.UTF_8);
        return kept.length == KEPT_BYTES
                && all.length > KEPT_BYTES
                && Arrays.equals(kept, 0, KEPT_BYTES, all, 0, KEPT_BYTES);
    }
}
