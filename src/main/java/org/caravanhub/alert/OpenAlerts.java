package org.caravanhub.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The alerts that are not over, and those that changed and are not kept yet: what a hub knows whose database is away. Of too many the
 * oldest of the least bad goes. Only for whoever holds the lock of the centre.
 */
final class OpenAlerts {
    static final int MOST = 1000;
    private static final int MOST_UNKEPT = 2 * MOST;

    private final Map<Alert.About, Case> open = new LinkedHashMap<>();
    /** In the order in which they are to be kept: one that is over before the next of its name and device begins. */
    private final Set<Case> unkept = new LinkedHashSet<>();

    /** One alert while it changes. */
    static final class Case {
        private Alert now;
        private boolean isHurried;

        private Case(Alert now) {
            this.now = now;
        }

        Alert now() {
            return now;
        }
    }

    Optional<Case> find(Alert.About about) {
        return Optional.ofNullable(open.get(about));
    }

    Optional<Case> find(long id) {
        return open.values().stream().filter(each -> each.now.id() == id).findFirst();
    }

    List<Case> where(Predicate<Alert> is) {
        return open.values().stream().filter(each -> is.test(each.now)).toList();
    }

    int size() {
        return open.size();
    }

    /** Adds one that begins. */
    Case begin(Alert alert, Instant now) {
        if (open.size() >= MOST) {
            open.values().stream()
                    .min(Comparator.comparing((Case each) -> each.now.severity())
                            .thenComparing(each -> each.now.opened()))
                    .ifPresent(least -> become(least, least.now.resolved(now, "there were too many alerts")));
        }
        Case begun = new Case(alert);
        open.put(alert.about(), begun);
        keep(begun, true);
        return begun;
    }

    /** It changes. Its count alone is no reason to write at once. */
    void become(Case changing, Alert after) {
        Alert before = changing.now;
        changing.now = after;
        boolean isMore = before.state() != after.state()
                || before.severity() != after.severity()
                || !before.told().equals(after.told());
        keep(changing, isMore);
        if (after.state() == Alert.State.RESOLVED) {
            open.remove(after.about(), changing);
        }
    }

    /** It is as it was kept before this hub started; what was said meanwhile goes on from there. */
    void known(Alert kept) {
        Case meanwhile = open.get(kept.about());
        if (meanwhile == null) {
            open.put(kept.about(), new Case(kept));
        } else {
            become(meanwhile, meanwhile.now.continuing(kept));
        }
    }

    List<Case> unkept() {
        return new ArrayList<>(unkept);
    }

    /** Whether something waits that is more than a count. */
    boolean isHurried() {
        return unkept.stream().anyMatch(each -> each.isHurried);
    }

    /** It was kept like this, under this number. */
    void kept(Case written, Alert like, long id) {
        if (written.now.equals(like)) {
            unkept.remove(written);
            written.isHurried = false;
        }
        written.now = written.now.numbered(id);
    }

    private void keep(Case changed, boolean isHurried) {
        changed.isHurried |= isHurried;
        unkept.add(changed);
        if (unkept.size() > MOST_UNKEPT) {
            unkept.stream()
                    .filter(each -> each.now.state() == Alert.State.RESOLVED)
                    .findFirst()
                    .ifPresent(unkept::remove);
        }
    }
}
