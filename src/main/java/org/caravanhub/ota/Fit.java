package org.caravanhub.ota;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.caravanhub.ota.version.VersionOrder;
import org.caravanhub.ota.version.VersionOrder.Order;

/** How a release stands to what a device runs. */
enum Fit {
    /** It may have it. */
    FITS,
    /** It is what it runs. */
    RUNS_IT,
    /** What it runs is newer, and nobody meant that. */
    NEWER,
    /** What it runs is too old for one step, or not known though it matters. */
    TOO_OLD;

    /**
     * Decides it.
     *
     * @param version what the device says that it runs; may be empty
     * @param digests of the image that it runs; may be empty
     * @param published releases of the model: when versions have no order of their own, the later upload is the newer
     * @param allowsDowngrade whether an older release is meant
     */
    static Fit of(
            Release release, String version, Set<String> digests, List<Release> published, boolean allowsDowngrade) {
        if (isIt(release, version, digests)) {
            return RUNS_IT;
        }
        if (!allowsDowngrade && order(release.version(), version, published) == Order.OLDER) {
            return NEWER;
        }
        String least = release.minVersion();
        boolean isTooOld = !least.isEmpty() && (version.isEmpty() || order(version, least, published) == Order.OLDER);
        return isTooOld ? TOO_OLD : FITS;
    }

    /** Whether a device that tells this runs the release. */
    static boolean isIt(Release release, String version, Set<String> digests) {
        Artifact file = release.artifact();
        boolean isFile = digests.contains(file.sha256())
                || digests.contains(file.md5())
                || !file.appendedSha256().isEmpty() && digests.contains(file.appendedSha256());
        return isFile || isVersion(release.version(), version);
    }

    /** Whether a device that tells this version runs that one. */
    static boolean isVersion(String published, String told) {
        return !told.isEmpty() && VersionOrder.couldBe(told, published);
    }

    private static Order order(String version, String other, List<Release> published) {
        Order byName = VersionOrder.compare(version, other);
        if (byName != Order.UNORDERED) {
            return byName;
        }
        Optional<Long> left = uploaded(version, published);
        Optional<Long> right = uploaded(other, published);
        if (left.isEmpty() || right.isEmpty() || Objects.equals(left, right)) {
            return Order.UNORDERED;
        }
        return left.get() < right.get() ? Order.OLDER : Order.NEWER;
    }

    private static Optional<Long> uploaded(String version, List<Release> published) {
        return published.stream()
                .filter(release -> isVersion(release.version(), version))
                .map(Release::id)
                .findFirst();
    }
}
