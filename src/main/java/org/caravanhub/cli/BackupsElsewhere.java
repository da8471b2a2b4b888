package org.caravanhub.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;

/** The backups of a hub on another machine, over its API. */
final class BackupsElsewhere {
    private final Surroundings here;
    private final HubClient hub;

    BackupsElsewhere(Surroundings here, HubClient hub) {
        this.here = here;
        this.hub = hub;
    }

    int list(boolean json) throws IOException {
        byte[] body = hub.get("/api/v1/backups", Map.of());
        if (json) {
            here.print(body);
            return ExitCode.OK;
        }
        Table table = new Table()
                .left("backup")
                .left("made")
                .right("size")
                .left("encrypted")
                .left("verified")
                .left("place");
        Instant now = here.clock().instant();
        for (Json backup : Json.parse(body).member("items").items()) {
            String verified = backup.textOrEmpty("verified_at");
            boolean isBroken = !backup.textOrEmpty("trouble").isEmpty();
            table.row(List.of(
                    Table.Cell.of(backup.textOrEmpty("name")),
                    Ago.cell(backup.textOrEmpty("made_at"), now),
                    new Table.Cell(Long.toString(backup.number("bytes")), BackupProgress.size(backup.number("bytes"))),
                    Table.Cell.of(backup.textOrEmpty("encrypted").equals("true") ? "yes" : "no"),
                    verified.isEmpty() ? Table.Cell.of(isBroken ? "broken" : "no") : Ago.cell(verified, now),
                    Table.Cell.of(backup.textOrEmpty("place"))));
        }
        if (table.isEmpty()) {
            here.err().println("There is no backup at " + hub.url() + ".");
            return ExitCode.OK;
        }
        table.print(here, new Style(false, here.unicode()));
        return ExitCode.OK;
    }

    int now(String label, @Nullable Duration ifOlder, boolean json, boolean quiet) throws IOException {
        if (ifOlder != null) {
            List<Json> all =
                    hub.json("/api/v1/backups", Map.of()).member("items").items();
            if (!all.isEmpty()
                    && Instant.parse(all.get(0).textOrEmpty("made_at"))
                            .plus(ifOlder)
                            .isAfter(here.clock().instant())) {
                here.err().println("The newest backup is younger than that; no other is made.");
                return ExitCode.OK;
            }
        }
        byte[] body = Json.written(Map.of("label", label)).getBytes(StandardCharsets.UTF_8);
        Json result = new HubJob(here, hub, quiet).run("/api/v1/backups", body).member("result");
        here.out().println(json ? result.written() : result.textOrEmpty("backup"));
        here.err().println("Saved " + BackupProgress.size(result.number("bytes")) + ", opened and checked.");
        String notCopied = result.textOrEmpty("not_copied");
        if (!notCopied.isEmpty()) {
            here.err().println("It could not be copied to the second place: " + Plain.line(notCopied));
            return ExitCode.PARTLY_DONE;
        }
        return ExitCode.OK;
    }

    int verify(@Nullable String named, RecoveryKey key, boolean quiet) throws IOException {
        String name = named == null
                ? hub.json("/api/v1/backups", Map.of()).member("items").items().stream()
                        .map(item -> item.textOrEmpty("name"))
                        .findFirst()
                        .orElse("")
                : HubJob.find(hub, named).map(item -> item.textOrEmpty("name")).orElse("");
        if (name.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.NOT_FOUND, "there is no such backup at " + hub.url(), "caravan backup list");
        }
        Json result = new HubJob(here, hub, quiet)
                .run("/api/v1/backups/" + name + "/verify", HubJob.key(key.of(Path.of(name))))
                .member("result");
        here.out()
                .println(name + " is whole: " + result.number("files") + " files, "
                        + BackupProgress.size(result.number("bytes")) + ", " + result.number("readings")
                        + " readings.");
        return ExitCode.OK;
    }
}
