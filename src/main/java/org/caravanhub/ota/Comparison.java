package org.caravanhub.ota;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.caravanhub.ota.DeviceUpdate.State;
import org.caravanhub.ota.FleetBook.Did;
import org.caravanhub.ota.FleetBook.Vitals;

/** Holds the releases of a model side by side. */
final class Comparison {
    private Comparison() {}

    /**
     * Of each release that was rolled out.
     *
     * @param published the newest upload first
     * @param isThere whether a device is heard now
     */
    static List<Figures> of(
            List<Release> published,
            Map<String, Did> did,
            List<Member> fleet,
            Map<String, Vitals> vitals,
            Predicate<String> isThere) {
        List<Figures> figures = new ArrayList<>();
        for (Release release : published) {
            Did one = did.get(release.version());
            if (one != null) {
                List<String> running = fleet.stream()
                        .filter(member -> Fit.isVersion(release.version(), member.version()))
                        .map(Member::device)
                        .toList();
                figures.add(figures(release.version(), one, running, vitals, isThere));
            }
        }
        return figures;
    }

    private static Figures figures(
            String version, Did did, List<String> running, Map<String, Vitals> vitals, Predicate<String> isThere) {
        Counts counts = did.counts();
        List<Vitals> told = new ArrayList<>();
        for (String device : running) {
            Vitals of = vitals.get(device);
            if (of != null) {
                told.add(of);
            }
        }
        int begun = counts.total() - counts.of(State.WAITING);
        OptionalDouble uptime = told.stream()
                .flatMap(vital -> vital.uptime().stream())
                .mapToLong(Duration::toSeconds)
                .average();
        return new Figures(
                version,
                counts,
                share(counts.failed(), counts.ended()),
                did.timesToDone().isEmpty()
                        ? Optional.empty()
                        : Optional.of(did.timesToDone().get((did.timesToDone().size() - 1) / 2)),
                running.size(),
                share((int) running.stream().filter(isThere).count(), running.size()),
                begun == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) did.restarts() / begun),
                told.stream().flatMapToDouble(vital -> vital.rssiDbm().stream()).average(),
                uptime.isPresent()
                        ? Optional.of(Duration.ofSeconds(Math.round(uptime.getAsDouble())))
                        : Optional.empty());
    }

    private static OptionalDouble share(int part, int of) {
        return of == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / of);
    }
}
