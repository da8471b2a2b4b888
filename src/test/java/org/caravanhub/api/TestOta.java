package org.caravanhub.api;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.caravanhub.ota.Addresses;
import org.caravanhub.ota.Artifact;
import org.caravanhub.ota.Counts;
import org.caravanhub.ota.Decision;
import org.caravanhub.ota.DeviceUpdate;
import org.caravanhub.ota.Figures;
import org.caravanhub.ota.Inquiry;
import org.caravanhub.ota.Offers;
import org.caravanhub.ota.Plan;
import org.caravanhub.ota.Preview;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.Releases;
import org.caravanhub.ota.Rollout;
import org.caravanhub.ota.RolloutDraft;
import org.caravanhub.ota.RolloutListener;
import org.caravanhub.ota.RolloutRefused;
import org.caravanhub.ota.RolloutStatus;
import org.caravanhub.ota.Rollouts;
import org.caravanhub.ota.UpdateReport;

/** Releases and rollouts in hand: whoever is named is offered what was said, and everything that was told is kept. */
public final class TestOta implements Offers, Rollouts {
    public final List<Release> releases = new CopyOnWriteArrayList<>();
    public final List<Rollout> rollouts = new CopyOnWriteArrayList<>();
    public final List<DeviceUpdate> updates = new CopyOnWriteArrayList<>();
    public final List<Inquiry> inquiries = new CopyOnWriteArrayList<>();
    public final List<UpdateReport> reports = new CopyOnWriteArrayList<>();
    public final List<String> seen = new CopyOnWriteArrayList<>();
    public final List<Figures> figures = new CopyOnWriteArrayList<>();
    public final Releases library = new Releases() {
        @Override
        public Optional<Release> find(long id) {
            return releases.stream().filter(release -> release.id() == id).findFirst();
        }

        @Override
        public Optional<Release> find(String model, String version) {
            return releases.stream()
                    .filter(release ->
                            release.model().equals(model) && release.version().equals(version))
                    .findFirst();
        }

        @Override
        public List<Release> ofVersion(String version) {
            return releases.stream()
                    .filter(release -> release.version().equals(version))
                    .toList();
        }

        @Override
        public Optional<Release> ofKey(String key) {
            return releases.stream()
                    .filter(release -> release.key().equals(key))
                    .findFirst();
        }

        @Override
        public List<Release> ofModel(String model) {
            List<Release> found = new ArrayList<>();
            releases.stream()
                    .filter(release -> release.model().equals(model))
                    .forEach(release -> found.add(0, release));
            return found;
        }

        @Override
        public Path file(Release release) {
            return Path.of("nowhere");
        }
    };

    private final Map<String, Release> meant = new HashMap<>();

    /** Who is told. */
    public RolloutListener listener = RolloutListener.NONE;

    OfferOperations.Deciding deciding() {
        return new OfferOperations.Deciding(library, this, this, new Addresses(""));
    }

    /** As it was before anything was published. */
    public void clear() {
        List.of(releases, rollouts, updates, inquiries, reports, seen, figures).forEach(List::clear);
        meant.clear();
    }

    /** Publishes one. */
    public Release publish(String model, String version, String chip) {
        long id = releases.size() + 1;
        String digest = String.format("%064x", id);
        Release release = new Release(
                id,
                model,
                version,
                new Artifact(
                        1_500_000 + id,
                        digest,
                        digest.substring(32),
                        chip.equals("ESP8266") ? "esp8266" : chip.isEmpty() ? "mcuboot" : "esp32",
                        chip,
                        "",
                        version,
                        "",
                        ""),
                String.format("%032x", 0xabc0 + id),
                "Quieter pump",
                "See https://example.org/notes/" + version,
                "",
                "",
                Instant.EPOCH,
                "admin");
        releases.add(release);
        return release;
    }

    /** From now on this device may have this. */
    public void means(String device, Release release) {
        meant.put(device, release);
    }

    @Override
    public Decision decide(Inquiry inquiry) {
        inquiries.add(inquiry);
        Optional<Release> newest = library.ofModel(inquiry.model()).stream().findFirst();
        Release offered = meant.get(inquiry.device());
        return offered == null || offered.version().equals(inquiry.version())
                ? new Decision.Nothing(Decision.Why.NOT_CHOSEN, "not among them", newest)
                : new Decision.Offer(offered, "test", newest);
    }

    @Override
    public Optional<Release> meantFor(String device) {
        return Optional.ofNullable(meant.get(device));
    }

    @Override
    public void report(UpdateReport report) {
        reports.add(report);
    }

    @Override
    public void seen(String device, String version, Instant at) {
        seen.add(device + " " + version);
    }

    @Override
    public Rollout create(RolloutDraft draft, Asker asker) {
        if (library.find(draft.model(), draft.version()).isEmpty()) {
            throw new RolloutRefused(
                    RolloutRefused.Why.NO_RELEASE,
                    "There is no release " + draft.version() + " of " + draft.model() + ".");
        }
        if (rollouts.stream().anyMatch(rollout -> rollout.name().equals(draft.name()))) {
            throw new RolloutRefused(RolloutRefused.Why.NAME_TAKEN, "There is a rollout " + draft.name() + " already.");
        }
        return put(new Rollout(
                rollouts.size() + 1,
                draft.name(),
                draft.model(),
                draft.version(),
                draft.audience(),
                draft.plan(),
                draft.plan().rings().get(0).percent(),
                0,
                draft.isPaused() ? Rollout.State.PAUSED : Rollout.State.RUNNING,
                "",
                Optional.empty(),
                Rollout.Forgiven.NOTHING,
                OptionalLong.empty(),
                Instant.EPOCH,
                asker.who(),
                Instant.EPOCH));
    }

    @Override
    public Rollout pause(long id, String why, Asker asker) {
        Rollout is = rollouts.get((int) id - 1);
        return put(new Rollout(
                is.id(),
                is.name(),
                is.model(),
                is.version(),
                is.audience(),
                is.plan(),
                is.percent(),
                is.ring(),
                Rollout.State.PAUSED,
                why,
                is.soaksSince(),
                is.forgiven(),
                is.returns(),
                is.createdAt(),
                is.createdBy(),
                is.changedAt()));
    }

    private Rollout put(Rollout rollout) {
        if (rollout.id() <= rollouts.size()) {
            rollouts.set((int) rollout.id() - 1, rollout);
        } else {
            rollouts.add(rollout);
        }
        return rollout;
    }

    @Override
    public Optional<RolloutStatus> find(long id) {
        return rollouts.stream()
                .filter(rollout -> rollout.id() == id)
                .map(this::status)
                .findFirst();
    }

    @Override
    public List<RolloutStatus> list(Filter filter) {
        List<RolloutStatus> found = new ArrayList<>();
        rollouts.stream()
                .filter(rollout -> filter.model().isEmpty() || filter.model().equals(rollout.model()))
                .filter(rollout -> filter.state().isEmpty() || filter.state().get() == rollout.state())
                .filter(rollout -> rollout.id() < filter.before())
                .forEach(rollout -> found.add(0, status(rollout)));
        return found.size() > filter.limit() ? found.subList(0, filter.limit()) : found;
    }

    @Override
    public Optional<RolloutStatus> find(String name) {
        return rollouts.stream()
                .filter(rollout -> rollout.name().equals(name))
                .map(this::status)
                .findFirst();
    }

    @Override
    public List<DeviceUpdate> recent(String device, String version, int limit) {
        return updates.stream()
                .filter(update -> device.isEmpty() || update.device().equals(device))
                .filter(update -> version.isEmpty() || update.version().equals(version))
                .limit(limit)
                .toList();
    }

    @Override
    public List<Figures> figures(String model) {
        return figures;
    }

    @Override
    public Preview preview(RolloutDraft draft) {
        if (library.find(draft.model(), draft.version()).isEmpty()) {
            throw new RolloutRefused(
                    RolloutRefused.Why.NO_RELEASE,
                    "There is no release " + draft.version() + " of " + draft.model() + ".");
        }
        List<Integer> rings =
                draft.plan().rings().stream().map(Plan.Ring::percent).toList();
        return new Preview(
                8, rings, List.of("hut-door", "water-tank"), 1, 0, 0, 1, List.of("cellar is in another rollout"));
    }

    @Override
    public Rollout resume(long id, Asker asker) {
        return moved(id, Rollout.State.RUNNING, rollouts.get((int) id - 1).percent(), "");
    }

    @Override
    public Rollout advance(long id, Asker asker) {
        throw new RolloutRefused(RolloutRefused.Why.NOT_NOW, "This is its last ring.");
    }

    @Override
    public Rollout raise(long id, int percent, Asker asker) {
        if (percent < rollouts.get((int) id - 1).percent()) {
            throw new RolloutRefused(RolloutRefused.Why.INVALID, "It has come to more devices already; they keep it.");
        }
        return moved(id, rollouts.get((int) id - 1).state(), percent, "");
    }

    @Override
    public Rollout rollback(long id, Asker asker) {
        Rollout is = rollouts.get((int) id - 1);
        if (releases.stream()
                .noneMatch(release ->
                        release.model().equals(is.model()) && !release.version().equals(is.version()))) {
            throw new RolloutRefused(
                    RolloutRefused.Why.NOTHING_TO_RETURN, "There is no other release of " + is.model() + ".");
        }
        return moved(id, Rollout.State.ROLLING_BACK, is.percent(), "");
    }

    @Override
    public Rollout stop(long id, Asker asker) {
        return moved(id, Rollout.State.STOPPED, rollouts.get((int) id - 1).percent(), "stopped by " + asker.who());
    }

    /** What is so from now on, and is told. */
    public Rollout moved(long id, Rollout.State state, int percent, String reason) {
        Rollout is = rollouts.get((int) id - 1);
        Rollout now = put(new Rollout(
                is.id(),
                is.name(),
                is.model(),
                is.version(),
                is.audience(),
                is.plan(),
                percent,
                is.ring(),
                state,
                reason,
                is.soaksSince(),
                is.forgiven(),
                is.returns(),
                is.createdAt(),
                is.createdBy(),
                is.changedAt().plusSeconds(1)));
        listener.changed(now);
        return now;
    }

    /** What becomes of a device of a rollout from now on, and is told. */
    public void update(long rollout, String device, DeviceUpdate.State state, int percent, String reason) {
        DeviceUpdate now = new DeviceUpdate(
                rollout,
                device,
                rollouts.get((int) rollout - 1).version(),
                "1.0.0",
                state,
                percent,
                reason,
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                0,
                Optional.empty(),
                Instant.EPOCH);
        updates.removeIf(
                update -> update.rollout() == rollout && update.device().equals(device));
        updates.add(now);
        listener.changed(now);
    }

    @Override
    public List<DeviceUpdate> updates(long id, Optional<DeviceUpdate.State> state, String after, int limit) {
        return updates.stream()
                .filter(update -> update.rollout() == id && update.device().compareTo(after) > 0)
                .filter(update -> state.isEmpty() || update.state() == state.get())
                .sorted(Comparator.comparing(DeviceUpdate::device))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<DeviceUpdate> update(long id, String device) {
        return updates.stream()
                .filter(update -> update.rollout() == id && update.device().equals(device))
                .findFirst();
    }

    private RolloutStatus status(Rollout rollout) {
        Counts counts = Counts.NONE;
        List<String> failed = new ArrayList<>();
        for (DeviceUpdate update : updates) {
            if (update.rollout() == rollout.id()) {
                counts = counts.plus(update.state());
                if (update.state().isFailure()) {
                    failed.add(update.device());
                }
            }
        }
        return new RolloutStatus(rollout, counts, failed);
    }
}
