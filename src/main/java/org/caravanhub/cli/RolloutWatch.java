package org.caravanhub.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.caravanhub.text.Plain;

/** Shows a rollout as it goes: a bar at a terminal, elsewhere a line for each change of a device. */
final class RolloutWatch {
    private static final String DATA = "data: ";
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Surroundings here;
    private final ClientOptions client;
    private final HubClient api;
    private final String path;
    private final Style style;
    private final Map<String, String> told = new HashMap<>();
    private long lookedAt;
    private String shown = "";

    RolloutWatch(Surroundings here, ClientOptions client, HubClient api, String path) {
        this.here = here;
        this.client = client;
        this.api = api;
        this.path = path;
        this.style = client.style(here);
    }

    /** Until it ends or is paused; the exit code. */
    int watch() throws IOException {
        String id = path.substring(path.lastIndexOf('/') + 1);
        // It listens before it looks, so that nothing is missed between.
        try (BufferedReader events = new BufferedReader(new InputStreamReader(
                api.stream("/api/v1/events", Map.of("topics", "rollout")), StandardCharsets.UTF_8))) {
            Json rollout = look();
            if (!client.json) {
                line(RolloutText.head(rollout, style));
            }
            draw(rollout);
            boolean isRollout = false;
            for (String line = ""; isGoing(rollout) && line != null; line = events.readLine()) {
                if (line.startsWith("event: ")) {
                    isRollout = line.equals("event: rollout");
                } else if (isRollout && line.startsWith(DATA)) {
                    tell(line.substring(DATA.length()), id);
                }
                if (System.nanoTime() - lookedAt > LOOK_NANOS || isChange(line)) {
                    rollout = look();
                    draw(rollout);
                }
            }
            return end(isGoing(rollout) ? look() : rollout);
        }
    }

    private Json look() {
        lookedAt = System.nanoTime();
        return api.json(path, Map.of());
    }

    private static boolean isGoing(Json rollout) {
        String state = rollout.textOrEmpty("state");
        return state.equals("running") || state.equals("rolling_back");
    }

    /** The rollout itself changed: that may be the end. */
    private static boolean isChange(String line) {
        return line.startsWith(DATA) && line.contains("\"what\":\"rollout\"");
    }

    private void tell(String data, String id) throws IOException {
        Json event = Json.parse(data.getBytes(StandardCharsets.UTF_8));
        boolean isUpdate = event.textOrEmpty("what").equals("update");
        if (!event.textOrEmpty(isUpdate ? "rollout" : "id").equals(id)) {
            return;
        }
        if (client.json) {
            here.out().println(data);
            return;
        }
        String state = event.textOrEmpty("state");
        String before = String.valueOf(told.put(event.textOrEmpty("device"), state));
        boolean isNews = isUpdate && !before.equals(state);
        if (isNews && (!here.terminal() || RolloutText.isBad(event))) {
            String text = RolloutText.line(event);
            line(RolloutText.isBad(event) ? style.bad(text) : text);
        }
    }

    private void draw(Json rollout) {
        String text = RolloutText.counts(rollout);
        if (client.json || text.equals(shown)) {
            return;
        }
        shown = text;
        if (here.terminal()) {
            String bar = RolloutText.bar(rollout) + "  " + text;
            int wide = here.columns() - 1;
            here.out()
                    .print("\r"
                            + (bar.length() > wide ? bar.substring(0, wide) : bar + " ".repeat(wide - bar.length())));
            here.out().flush();
        } else {
            here.out().println(text);
        }
    }

    private void line(String text) {
        if (here.terminal() && !shown.isEmpty()) {
            here.out().print("\r" + " ".repeat(here.columns() - 1) + "\r");
        }
        here.out().println(text);
        shown = here.terminal() ? "" : shown;
    }

    private int end(Json rollout) {
        String state = rollout.textOrEmpty("state");
        if (!client.json) {
            draw(rollout);
            if (here.terminal() && !shown.isEmpty()) {
                here.out().println();
            }
            String reason = rollout.textOrEmpty("reason");
            here.out().println(Plain.line(state.replace('_', ' ') + (reason.isEmpty() ? "" : ": " + reason)));
        }
        if (!state.equals("completed")) {
            if (state.equals("paused")) {
                client.hint(here, client.command("rollout status " + Plain.line(rollout.textOrEmpty("id"))));
            }
            return ExitCode.FAILED;
        }
        return RolloutText.failed(rollout) > 0 ? ExitCode.PARTLY_DONE : ExitCode.OK;
    }
}
