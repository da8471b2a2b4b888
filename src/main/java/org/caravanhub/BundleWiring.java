package org.caravanhub;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.caravanhub.api.BundleApi;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.bundle.HubFiles;
import org.caravanhub.bundle.Machine;
import org.caravanhub.bundle.Part;
import org.caravanhub.settings.Settings;
import org.caravanhub.settings.ShownSettings;
import org.caravanhub.store.Queries;
import org.caravanhub.text.Hidden;
import org.caravanhub.text.SecretForms;

/** What goes into a bundle, composed of the settings alone: the command uses it with no hub at work as the hub does. */
public final class BundleWiring {
    private static final int FRAMES = 12;
    private static final long MEGABYTE = 1 << 20;
    private static final int COUNT_SECONDS = 20;

    private final Settings settings;
    private final String program;
    private final Clock clock;

    /** @param program the version of the program */
    public BundleWiring(Settings settings, String program, Clock clock) {
        this.settings = settings;
        this.program = program;
        this.clock = clock;
    }

    /** What the operations call. */
    void bindTo(CamelContext camel, Queries queries) {
        camel.getRegistry().bind("bundleApi", new BundleApi(camel.getRegistry(), queries, this::ofHub, host(), clock));
    }

    /** What only the hub's process sees. */
    private List<Part> ofHub() {
        return List.of(
                new Part("hub/process.txt", "versions, memory, time", this::process),
                new Part("hub/threads.txt", "what each thread does", BundleWiring::threads),
                new Part(
                        "hub/settings.txt",
                        "settings of the hub at work, without secrets",
                        () -> ShownSettings.of(settings)));
    }

    /**
     * What the machine and the files show. Literals in flows are known as secrets afterwards.
     *
     * @param since how far back logs go
     * @param isHubAtWork the database is opened only if not
     */
    public List<Part> ofMachine(Duration since, boolean isHubAtWork) {
        HubFiles files = new HubFiles(settings.data(), settings.routes());
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("about.txt", "versions, and when and where this was made", () -> about(since, isHubAtWork)));
        parts.add(new Part(
                "settings.txt", "settings as the files say, without secrets", () -> ShownSettings.of(settings)));
        parts.add(new Part("backups.txt", "names and sizes of the backups", this::backups));
        if (!isHubAtWork) {
            parts.add(new Part("database.txt", "rows of each table", this::rows));
        }
        parts.addAll(Machine.parts(since));
        parts.addAll(files.parts());
        parts.stream().filter(BundleWiring::isConfiguration).forEach(BundleWiring::hideLiterals);
        return parts;
    }

    private static boolean isConfiguration(Part part) {
        return part.name().matches("(flows|mosquitto|systemd)/.*\\.(yaml|conf|service)");
    }

    private static void hideLiterals(Part part) {
        try {
            SecretForms.literals(part.text().read()).forEach(Hidden::never);
        } catch (IOException e) {
            // It does not go in either.
        }
    }

    /** The name of the machine. */
    public static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** What pseudonyms are made with: the same in each bundle of this hub. */
    public String key() {
        try {
            return Files.readString(settings.data().resolve("admin.token"), StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException e) {
            return settings.data().toAbsolutePath().toString();
        }
    }

    private String about(Duration since, boolean isHubAtWork) {
        return "caravan " + program + "\njava " + System.getProperty("java.runtime.version") + "\nmade "
                + clock.instant() + ", time zone " + ZoneId.systemDefault() + "\nhost " + host() + "\nuser "
                + System.getProperty("user.name") + "\ndata "
                + settings.data().toAbsolutePath() + "\nflows "
                + settings.routes().toAbsolutePath() + "\nconfiguration "
                + settings.config().map(Path::toString).orElse("none") + "\nhub "
                + (isHubAtWork ? "at work" : "down, or of another user") + "\nlogs of the last " + since.toHours()
                + " h\n";
    }

    private String backups() throws IOException {
        StringBuilder text = new StringBuilder();
        for (BackupFile backup :
                new BackupWiring(settings, program, clock).shelf().all()) {
            text.append(String.format(Locale.ROOT, "%12d  %s%n", backup.bytes(), backup.name()));
        }
        return text.isEmpty() ? "none\n" : text.toString();
    }

    private String rows() throws IOException {
        CompletableFuture<SortedMap<String, Long>> counted = CompletableFuture.supplyAsync(() -> {
            try {
                return new BackupWiring(settings, program, clock).databases().rowsNow();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        try {
            StringBuilder text = new StringBuilder();
            counted.get(COUNT_SECONDS, TimeUnit.SECONDS)
                    .forEach((table, rows) ->
                            text.append(table).append(' ').append(rows).append('\n'));
            return text.isEmpty() ? "there is none, or it cannot be read\n" : text.toString();
        } catch (TimeoutException e) {
            throw new IOException("it could not be counted in " + COUNT_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw new IOException("the database does not say: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private String process() {
        Runtime java = Runtime.getRuntime();
        return "caravan " + program + "\njava " + System.getProperty("java.runtime.version") + "\nstarted "
                + Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()) + "\nnow "
                + clock.instant() + "\nheap used " + (java.totalMemory() - java.freeMemory()) / MEGABYTE + " MB of "
                + java.maxMemory() / MEGABYTE + " MB\nthreads "
                + ManagementFactory.getThreadMXBean().getThreadCount() + "\n";
    }

    private static String threads() {
        StringBuilder text = new StringBuilder();
        for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
            text.append('"').append(thread.getThreadName()).append("\" ").append(thread.getThreadState());
            if (thread.getLockOwnerName() != null) {
                text.append(" waits for \"").append(thread.getLockOwnerName()).append('"');
            }
            text.append('\n');
            StackTraceElement[] frames = thread.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                text.append("    at ").append(frames[i]).append('\n');
            }
        }
        return text.toString();
    }
}
