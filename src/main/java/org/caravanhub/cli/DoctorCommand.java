package org.caravanhub.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.caravanhub.BackupWiring;
import org.caravanhub.DoctorWiring;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.doctor.HubSeen;
import org.caravanhub.doctor.Repair;
import org.caravanhub.doctor.Round;
import org.caravanhub.doctor.StateLine;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthReport;
import org.caravanhub.settings.DataFolder;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.caravanhub.settings.SettingsReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan doctor}. */
@Command(
        name = "doctor",
        description = {
            "Look at everything that the hub needs, with it up or down, and say what is wrong, why, and what to do.",
            "A hub that answers is asked for its own checks. Looks only, unless --fix is given; takes 10 seconds at most.",
            "Root sees more: the kernel's log, and who has a port. Ends with 1 if there is a problem; warnings alone are 0."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final Duration FOR_THE_HUB = Duration.ofSeconds(3);
    private static final Duration FOR_THE_REST = Duration.ofSeconds(6);

    /** Of the client that knocks at the broker; what it says of the machine's network cards helps nobody. */
    private static final Logger NETTY = Logger.getLogger("io.netty");

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Option(
            names = {"-q", "--quiet"},
            description = "Show only what is not well.")
    private boolean isQuiet;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Read the kernel's log from then on, as journalctl takes it: 2026-06-01, -2h. Usually since the machine started.")
    @Nullable
    private String since;

    @Option(
            names = "--fix",
            description =
                    "Mend what can be mended with no risk: owner and mode of files in the data folder, files left half made, a missing"
                            + " folder. Each is named first, and asked for.")
    private boolean isFixing;

    @Option(names = "--yes", description = "Mend without asking.")
    private boolean isSure;

    DoctorCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        NETTY.setLevel(Level.OFF);
        SettingsReader.Read read = client.settingsWithMistakes(here);
        Settings settings = read.settings();
        boolean isElsewhere = client.isElsewhere(here);
        HubSeen hub = hub(settings, isElsewhere);
        List<HealthReport.Line> lines = new ArrayList<>(hub.lines());
        if (!isElsewhere) {
            DoctorWiring wiring = new DoctorWiring(
                    read,
                    Optional.ofNullable(since),
                    Version.ofProgram(),
                    Clock.system(here.clock().getZone()));
            List<HealthReport.Line> outside = Round.of(
                    hub.lines().isEmpty() ? wiring.instead(hub.state() == HubSeen.State.ILL) : wiring.beside(),
                    FOR_THE_REST);
            // What is looked at now is newer than what the hub was told, and the broker is tried.
            lines.removeIf(
                    line -> outside.stream().anyMatch(newer -> newer.name().equals(line.name())));
            lines.addAll(outside);
        }
        lines.add(0, new HealthReport.Line("hub", hub.line()));
        lines.sort(HealthReport.WORST_FIRST);
        if (client.json) {
            here.out().println(Json.written(report(settings, hub, lines)));
        } else {
            show(lines);
        }
        if (isFixing && !isElsewhere) {
            fix(settings.data());
        }
        boolean isProblem = lines.stream().anyMatch(line -> line.health().state() == Health.State.PROBLEM);
        return isProblem ? ExitCode.FAILED : ExitCode.OK;
    }

    // ── The hub ──────────────────────────────────────────────────────────────────────────

    private HubSeen hub(Settings settings, boolean isElsewhere) throws InterruptedException {
        Optional<String> holder = isElsewhere ? Optional.of("") : DataFolder.holder(settings.data());
        String start = client.command("up");
        if (!isElsewhere && settings.data().startsWith("/var/lib/caravan")) {
            start = "sudo systemctl start caravan";
        }
        if (holder.isEmpty() && client.httpPort == null) {
            return HubSeen.silent(holder, "", start);
        }
        CompletableFuture<Json> answer = new CompletableFuture<>();
        Thread asker = new Thread(() -> ask(answer, settings), "ask-hub");
        asker.setDaemon(true);
        asker.start();
        try {
            Json health = answer.get(FOR_THE_HUB.toMillis(), TimeUnit.MILLISECONDS);
            return HubSeen.answering(
                    health.textOrEmpty("version"),
                    health.member("checks").items().stream().map(CheckLine::of).toList());
        } catch (TimeoutException e) {
            return HubSeen.silent(holder, "it has not answered for " + FOR_THE_HUB.toSeconds() + " s", start);
        } catch (ExecutionException e) {
            return HubSeen.silent(
                    holder,
                    String.valueOf(Objects.requireNonNullElse(e.getCause(), e).getMessage()),
                    start);
        }
    }

    private void ask(CompletableFuture<Json> answer, Settings settings) {
        try {
            answer.complete(Json.parse(client.api(here, settings).get("/api/v1/health", Map.of())));
        } catch (IOException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    // ── What is shown ────────────────────────────────────────────────────────────────────

    private void show(List<HealthReport.Line> lines) {
        List<HealthReport.Line> shown = lines.stream()
                .filter(line -> !isQuiet || line.health().state() != Health.State.OK)
                .toList();
        if (!shown.isEmpty() || !isQuiet) {
            CheckLine.print(shown, here, client.style(here));
        }
        if (here.terminal() && !isQuiet) {
            long problems = count(lines, Health.State.PROBLEM);
            long warnings = count(lines, Health.State.WARNING);
            here.out()
                    .println(
                            problems + warnings == 0
                                    ? "Nothing is wrong that can be seen from here."
                                    : counted(problems, "problem") + ", " + counted(warnings, "warning") + ".");
        }
    }

    private static long count(List<HealthReport.Line> lines, Health.State state) {
        return lines.stream().filter(line -> line.health().state() == state).count();
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private Map<String, Object> report(Settings settings, HubSeen hub, List<HealthReport.Line> lines)
            throws IOException {
        Instant now = here.clock().instant();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("line", state(settings, hub, lines, now).text(lines, here.environment(), now));
        report.put("at", now.truncatedTo(ChronoUnit.SECONDS).toString());
        report.put("hub", hub.state().word());
        report.put(
                "status", lines.isEmpty() ? "ok" : lines.get(0).health().state().word());
        report.put("version", Version.ofProgram());
        report.put("checks", lines.stream().map(CheckLine::json).toList());
        return report;
    }

    private StateLine state(Settings settings, HubSeen hub, List<HealthReport.Line> lines, Instant now)
            throws IOException {
        Path data = settings.data();
        OptionalInt disk = OptionalInt.empty();
        if (Files.isDirectory(data)) {
            var store = Files.getFileStore(data);
            long used = store.getTotalSpace() - store.getUnallocatedSpace();
            // As df reckons it: what is kept for root is nobody's.
            disk = OptionalInt.of((int) Math.ceil(100.0 * used / Math.max(1, used + store.getUsableSpace())));
        }
        Optional<Instant> backup = new BackupWiring(settings, Version.ofProgram(), here.clock())
                .shelf()
                .newest(now)
                .map(BackupFile::madeAt);
        Path token = data.resolve("admin.token");
        boolean isNew = Files.notExists(token)
                || Files.getLastModifiedTime(token)
                        .toInstant()
                        .isAfter(now.minus(StateLine.patience(here.environment())));
        boolean isElsewhere = settings.optional(Setting.MQTT_URL).isPresent();
        return new StateLine(hub.state(), StateLine.broker(lines, isElsewhere), disk, backup, isNew);
    }

    // ── What is mended ───────────────────────────────────────────────────────────────────

    private void fix(Path data) throws IOException {
        List<Repair> repairs = Repair.of(data);
        if (repairs.isEmpty()) {
            here.err().println("There is nothing that can be mended with no risk.");
        }
        for (Repair repair : repairs) {
            here.err().println("To mend: " + repair.what());
            if (isSure || YesOrNo.ask(here, "Do it?")) {
                mend(repair);
            }
        }
    }

    private void mend(Repair repair) {
        try {
            repair.work().run();
            here.err().println("Done.");
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "that could not be done: " + e.getMessage(),
                    "sudo " + client.command("doctor --fix"));
        }
    }
}
