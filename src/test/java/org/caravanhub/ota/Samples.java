package org.caravanhub.ota;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Releases, plans and devices for tests. */
final class Samples {
    static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    static final String MODEL = "lolin-c3";

    private Samples() {}

    static Release release(long id, String version, String minVersion) {
        Artifact file = new Artifact(
                1000,
                String.format("%064x", id),
                String.format("%032x", id),
                "esp32",
                "ESP32-C3",
                "hut",
                version,
                "",
                String.format("%064x", 1000 + id));
        return new Release(
                id, MODEL, version, file, String.format("%032x", 500 + id), "", "", minVersion, "", NOON, "admin");
    }

    static Release release(long id, String version) {
        return release(id, version, "");
    }

    static Plan plan(Plan.Stop stop) {
        return plan(List.of(new Plan.Ring("", 100, 100, Duration.ZERO)), stop);
    }

    static Plan plan(List<Plan.Ring> rings, Plan.Stop stop) {
        return new Plan(
                rings,
                OptionalInt.empty(),
                OptionalDouble.empty(),
                true,
                Optional.empty(),
                Duration.ofMinutes(10),
                Duration.ofHours(1),
                stop,
                false,
                false);
    }

    static RolloutDraft draft(String name, String version, Audience audience, Plan plan) {
        return new RolloutDraft(name, MODEL, version, audience, plan, false);
    }

    static Rollout rollout(long id, String version, Audience audience, Plan plan) {
        Rollout made = Turned.made(draft("r" + id, version, audience, plan), OptionalLong.empty(), "admin", NOON);
        return new Rollout(
                id,
                made.name(),
                made.model(),
                made.version(),
                made.audience(),
                made.plan(),
                made.percent(),
                made.ring(),
                made.state(),
                made.reason(),
                made.soaksSince(),
                made.forgiven(),
                made.returns(),
                made.createdAt(),
                made.createdBy(),
                made.changedAt());
    }

    static Member member(String device, String version) {
        return new Member(device, MODEL, true, version, Set.of("A4CF12000001"), "huts", false);
    }
}
