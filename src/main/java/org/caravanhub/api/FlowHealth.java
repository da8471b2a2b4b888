package org.caravanhub.api;

import java.util.List;
import java.util.function.Supplier;
import org.caravanhub.flow.FlowFile;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;

/** Whether every flow file runs. */
public final class FlowHealth implements HealthCheck {
    private final Supplier<List<FlowFile>> files;

    /** @param files what became of each file: {@code flowFiles::loaded} */
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
        List<String> problems =
                all.stream().flatMap(file -> file.problem().stream()).toList();
        if (problems.isEmpty()) {
            return Health.ok(all.size() + " flow files run.");
        }
        return Health.warning(
                problems.size() + " of " + all.size() + " flow files do not run: " + String.join("; ", problems),
                "What these flows should do is not done; the others run.",
                "Correct the file at the line that is named, then start again.");
    }
}
