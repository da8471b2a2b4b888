package org.caravanhub.api;

import java.util.List;
import java.util.function.Supplier;
import org.caravanhub.flow.FlowFile;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;

/** Whether every flow file runs as it is in the folder. */
public final class FlowHealth implements HealthCheck {
    private static final int MOST = 5;

    private final Supplier<List<FlowFile>> files;

    /** @param files what became of each file: {@code flows::files} */
    public FlowHealth(Supplier<List<FlowFile>> files) {
        this.files = files;
    }

    @Override
    public String name() {
        return "flows";
    }

    @Override
    public Health check() {
        List<FlowFile> all = files.get();
        List<FlowFile> wrong =
                all.stream().filter(file -> !file.mistakes().isEmpty()).toList();
        if (wrong.isEmpty()) {
            return Health.ok(all.size() + " flow files run.");
        }
        List<String> told = wrong.stream()
                .limit(MOST)
                .map(file -> file.mistakes().get(0).text())
                .toList();
        String more = wrong.size() > MOST ? "; and " + (wrong.size() - MOST) + " more" : "";
        boolean allRun = wrong.stream().allMatch(file -> file.running().isPresent());
        return Health.warning(
                wrong.size() + " of " + all.size() + " flow files are not as they should be: " + String.join("; ", told)
                        + more,
                allRun
                        ? "Of these the last good version runs; what was changed since does nothing."
                        : "What some of these should do is not done; the others run.",
                fix(wrong.get(0)));
    }

    private static String fix(FlowFile file) {
        if (file.state() == FlowFile.State.GONE) {
            return "`caravan flow restore " + file.path() + "` writes it back, `caravan flow remove " + file.path()
                    + "` stops it for good.";
        }
        return "Correct the file at the line that is named; `caravan flow check " + file.path()
                + "` tells whether it is"
                + (file.running().isPresent()
                        ? ", `caravan flow restore " + file.path() + "` takes the edit back."
                        : ".");
    }
}
