package org.caravanhub.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A job of the hub, begun and waited for. */
final class HubJob {
    private static final long LOOK_MILLIS = 300;
    private static final long MEGABYTE = 1 << 20;

    private final Surroundings here;
    private final HubClient hub;
    private final boolean isQuiet;

    HubJob(Surroundings here, HubClient hub, boolean quiet) {
        this.here = here;
        this.hub = hub;
        this.isQuiet = quiet;
    }

    /** The body of an operation that may need a recovery key. */
    static byte[] key(Optional<String> recoveryKey) {
        Map<String, Object> body = new LinkedHashMap<>();
        recoveryKey.ifPresent(key -> body.put("recovery_key", key));
        return Json.written(body).getBytes(StandardCharsets.UTF_8);
    }

    /** Begins one and waits until it is over. */
    Json run(String path, byte[] body) {
        return await(hub.post(path, "application/json", body));
    }

    /**
     * Waits until it is over.
     *
     * @throws CommandFailed if nothing came of it, with what the hub says
     */
    Json await(Json begun) {
        String id = begun.textOrEmpty("id");
        Json job = begun;
        String stage = "";
        Optional<Progress> progress = Optional.empty();
        try {
            while (job.textOrEmpty("ended_at").isEmpty()) {
                String now = job.textOrEmpty("stage");
                if (!now.isEmpty() && (progress.isEmpty() || !now.equals(stage))) {
                    progress.ifPresent(Progress::close);
                    stage = now;
                    progress = Optional.of(new Progress(here, "The hub " + now, "MB", isQuiet));
                }
                Json at = job;
                progress.ifPresent(bar ->
                        bar.at(at.number("done_bytes"), at.number("total_bytes"), at.number("done_bytes") / MEGABYTE));
                pause();
                job = hub.json("/api/v1/jobs/" + id, Map.of());
            }
        } finally {
            progress.ifPresent(Progress::close);
        }
        if (!job.textOrEmpty("state").equals("done")) {
            Json problem = job.member("problem");
            boolean isBroken = problem.textOrEmpty("code").equals("broken_backup");
            throw new CommandFailed(
                    isBroken ? ExitCode.INVALID : ExitCode.FAILED,
                    problem.textOrEmpty("detail"),
                    "caravan backup list");
        }
        return job;
    }

    static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.INTERRUPTED, "interrupted", "");
        }
    }

    /** The name that the hub has a backup by; nothing if it has none of this name. */
    static Optional<Json> find(HubClient hub, String named) throws IOException {
        return hub.json("/api/v1/backups", Map.of()).member("items").items().stream()
                .filter(item -> {
                    String name = item.textOrEmpty("name");
                    return name.equals(named) || name.equals(named + ".tar.gz") || name.equals(named + ".tar.gz.age");
                })
                .findFirst();
    }
}
