package org.caravanhub.api;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.caravanhub.alert.Ending;
import org.caravanhub.backup.SecondCopies;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;

/** Whether there is a copy where the disk of the hub is not. */
public final class SecondPlaceHealth implements HealthCheck {
    private final SecondCopies copies;
    private final Clock clock;

    /** @param copies to the place that is configured */
    public SecondPlaceHealth(SecondCopies copies, Clock clock) {
        this.copies = copies;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "backup-copy";
    }

    @Override
    public Health check() {
        Optional<SecondCopies.Result> last = copies.last();
        String where = copies.place().where();
        if (last.isEmpty()) {
            return Health.ok("Nothing was copied to " + where + " yet; the next backup is.");
        }
        Duration since = Duration.between(last.get().since(), clock.instant());
        String age = Ending.spoken(since.isNegative() ? Duration.ZERO : since);
        return switch (last.get().kind()) {
            case COPIED -> Health.ok("The newest copy at " + where + " is " + age + " old.");
            case WAITS ->
                Health.ok("The copy to " + where + " has waited for " + age + ": "
                        + last.get().words());
            case FAILED ->
                Health.warning(
                        "Nothing was copied to " + where + " for " + age + ": "
                                + last.get().words() + ".",
                        "A disk dies with all backups that are on it.",
                        "Put it right, then: `caravan backup now`.");
        };
    }
}
