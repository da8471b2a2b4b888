package org.caravanhub.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.caravanhub.health.Exposition;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.health.MetricSource;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.library.Catalogue;
import org.caravanhub.ota.library.Library;
import org.caravanhub.store.DatabaseAway;
import org.caravanhub.store.QueriesBusy;

/** Whether every release has its file. */
public final class FirmwareHealth implements HealthCheck, MetricSource {
    private static final int NAMED = 3;

    private final Supplier<Optional<Library>> library;

    /** @param library empty until the hub has started */
    public FirmwareHealth(Supplier<Optional<Library>> library) {
        this.library = library;
    }

    @Override
    public String name() {
        return "firmware";
    }

    @Override
    public Health check() {
        Optional<Library> there = library.get();
        List<Release> missing = there.map(Library::missing).orElse(List.of());
        int count = there.map(Library::count).orElse(0);
        if (missing.isEmpty()) {
            return Health.ok(count == 0 ? "No release of firmware." : count + " releases of firmware.");
        }
        String names = missing.stream()
                .limit(NAMED)
                .map(release -> release.model() + " " + release.version())
                .collect(Collectors.joining(", "));
        String more = missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more" : "";
        Release first = missing.get(0);
        return Health.warning(
                "The file of " + names + more + " is missing or was changed.",
                "Devices are not given it; they keep what they run.",
                "Upload the same file again: caravan firmware upload FILE --model " + first.model() + " --version "
                        + first.version());
    }

    @Override
    public void expose(Exposition exposition) {
        library.get().ifPresent(there -> {
            Catalogue.Used used;
            try {
                used = there.catalogue().used();
            } catch (QueriesBusy | DatabaseAway e) {
                // Not known now; the other figures are shown all the same.
                return;
            }
            exposition.gauge("caravan_firmware_releases", "Releases of firmware in the library.", used.releases());
            exposition.gauge("caravan_firmware_bytes", "Room that the files of all releases take.", used.bytes());
            exposition.gauge(
                    "caravan_firmware_budget_bytes",
                    "Room that they may take.",
                    there.room().budget());
        });
    }
}
