package org.caravanhub.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.text.Plain;

/** Brings a backup back into a hub that runs: the hub does it, and is waited for while it starts again. */
final class HubRestore {
    private static final int SHOWN = 12;
    private static final int BLOCK = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofMinutes(40);
    private static final Duration STRANGER = Duration.ofSeconds(20);

    private final Surroundings here;
    private final Supplier<HubClient> hub;
    private final boolean isQuiet;

    /** @param hub is looked for anew each time, since one that was restored may be elsewhere */
    HubRestore(Surroundings here, Supplier<HubClient> hub, boolean quiet) {
        this.here = here;
        this.hub = hub;
        this.isQuiet = quiet;
    }

    /**
     * What is wanted.
     *
     * @param named the name of a backup that the hub has, or a file of this machine
     */
    record Wanted(String named, boolean dryRun, boolean yes) {}

    int run(Wanted wanted, RecoveryKey key) throws IOException {
        HubJob jobs = new HubJob(here, hub.get(), isQuiet);
        String name = onShelf(wanted.named(), jobs);
        String path = "/api/v1/backups/" + name;
        Json preview = jobs.run(path + "/preview", HubJob.key(key.of(Path.of(name))));
        show(preview.member("result"));
        if (wanted.dryRun() || !(wanted.yes() || YesOrNo.ask(here, "Bring this back? The hub starts anew with it."))) {
            hub.get().delete(path + "/preview");
            return wanted.dryRun() ? ExitCode.OK : ExitCode.FAILED;
        }
        byte[] body = Json.written(Map.of("preview", preview.textOrEmpty("id")))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Json job = hub.get().post(path + "/restore", "application/json", body);
        return told(awaitEnd(job.textOrEmpty("id")));
    }

    /** What the hub does not have is brought to it, and looked through there before it counts. */
    private String onShelf(String named, HubJob jobs) throws IOException {
        Path file = Path.of(named);
        String called = file.getFileName().toString();
        boolean isFile = Files.isRegularFile(file);
        Optional<Json> there = HubJob.find(hub.get(), called);
        if (there.isPresent() && (!isFile || there.get().number("bytes") == Files.size(file))) {
            return there.get().textOrEmpty("name");
        }
        if (!isFile) {
            throw new CommandFailed(
                    ExitCode.NOT_FOUND, "there is no backup " + Plain.line(named), "caravan backup list");
        }
        if (!BackupFile.isName(called)) {
            throw new CommandFailed(
                    ExitCode.INVALID,
                    Plain.line(called) + " is not called as a backup is; a hub that runs takes it by its name only,"
                            + " caravan-20260102T030405Z-manual.tar.gz, and .age behind that if it is encrypted",
                    "give it its name back, or stop the hub first");
        }
        long size = Files.size(file);
        byte[] begun;
        try (Progress progress = new Progress(here, "Sending it to the hub", "MB", isQuiet)) {
            begun = hub.get()
                    .sendTo("/api/v1/backups/" + HubClient.encoded(called), "application/octet-stream", size, out -> {
                        try (InputStream in = Files.newInputStream(file)) {
                            byte[] block = new byte[BLOCK];
                            long done = 0;
                            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                                out.write(block, 0, read);
                                done += read;
                                progress.at(done, size, done >> 20);
                            }
                        }
                    });
        }
        jobs.await(Json.parse(begun));
        return called;
    }

    private void show(Json preview) {
        here.err()
                .println("Made at " + preview.textOrEmpty("made_at") + " on " + Plain.line(preview.textOrEmpty("host"))
                        + " by Caravan " + Plain.line(preview.textOrEmpty("program")) + ", "
                        + preview.textOrEmpty("label") + ".");
        List<Json> rows = preview.member("rows").items();
        long files = preview.number("files_changed");
        if (rows.isEmpty() && files == 0) {
            here.err().println("Nothing in it differs from what is there.");
        }
        rows.stream()
                .filter(row -> !row.textOrEmpty("table").startsWith("flyway"))
                .limit(SHOWN)
                .forEach(row -> here.err()
                        .println("  " + Plain.line(row.textOrEmpty("table")) + ": " + count(row, "now") + " → "
                                + count(row, "then") + " rows"));
        preview.member("files").items().stream().limit(SHOWN).forEach(file -> here.err()
                .println("  " + file.textOrEmpty("change") + " " + Plain.line(file.textOrEmpty("path"))));
        if (files > SHOWN) {
            here.err().println("  and " + (files - SHOWN) + " files more");
        }
        for (Json settings : preview.member("settings").items()) {
            for (String change : List.of("added", "changed", "removed")) {
                settings.texts(change)
                        .forEach(setting -> here.err().println("  " + change + " setting " + Plain.line(setting)));
            }
        }
    }

    private static String count(Json row, String member) {
        return row.text(member).isEmpty() ? "no" : String.format(Locale.ROOT, "%,d", row.number(member));
    }

    /** The hub is away for a while; nothing but its own word ends the waiting. */
    private Json awaitEnd(String job) throws IOException {
        long begun = System.nanoTime();
        long stranger = 0;
        try (Progress progress = new Progress(here, "The hub saves what is there, and starts anew", "s", isQuiet)) {
            while (System.nanoTime() - begun < PATIENCE.toNanos()) {
                HubJob.pause();
                progress.at(0, 0, (System.nanoTime() - begun) / 1_000_000_000);
                try {
                    Json last = hub.get().json("/api/v1/backups", Map.of()).member("last_restore");
                    if (last.textOrEmpty("job").equals(job)
                            && !last.textOrEmpty("ended_at").isEmpty()) {
                        return last;
                    }
                    stranger = 0;
                } catch (CommandFailed e) {
                    stranger = awayOrStrange(e, stranger);
                }
            }
        }
        throw new CommandFailed(
                ExitCode.UNREACHABLE,
                "the hub has not come back; what it was doing goes on with its next start",
                "journalctl -u caravan -n 50");
    }

    private static long awayOrStrange(CommandFailed e, long since) {
        if (e.exitCode() == ExitCode.UNREACHABLE || e.exitCode() == ExitCode.FAILED) {
            return 0;
        }
        if (e.exitCode() != ExitCode.NOT_AUTHORISED) {
            throw e;
        }
        long now = System.nanoTime();
        if (since != 0 && now - since > STRANGER.toNanos()) {
            throw new CommandFailed(
                    ExitCode.NOT_AUTHORISED,
                    "the hub is there again, and its token is now that of the backup",
                    "on the hub's machine: caravan backup list");
        }
        return since == 0 ? now : since;
    }

    private int told(Json last) {
        String saved = last.textOrEmpty("saved");
        if (!saved.isEmpty()) {
            here.err().println("What was there is saved as " + saved + ".");
        }
        if (!last.textOrEmpty("state").equals("done")) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    last.textOrEmpty("backup") + " was not brought back: " + Plain.line(last.textOrEmpty("why"))
                            + (saved.isEmpty() ? "" : ". The hub runs with what was there"),
                    "caravan status");
        }
        List<Json> left = last.member("left").items();
        for (Json file : left) {
            here.err().println(Plain.line(file.textOrEmpty("path")) + " is not the hub's to write:");
            here.err().println("  → " + Plain.line(file.textOrEmpty("command")));
        }
        here.out().println("Restored " + last.textOrEmpty("backup") + "; the hub runs with it.");
        return left.isEmpty() ? ExitCode.OK : ExitCode.PARTLY_DONE;
    }
}
