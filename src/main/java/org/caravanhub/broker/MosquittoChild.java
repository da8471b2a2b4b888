package org.caravanhub.broker;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.caravanhub.settings.PortHolder;
import org.caravanhub.settings.PortTaken;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Mosquitto beside the hub, with the configuration that production uses. It is started again when it ends. If the hub is
 * killed it goes on alone, keeps its sessions and queues, and the next hub takes it over.
 */
public final class MosquittoChild implements EmbeddedBroker {
    private static final Logger LOG = LoggerFactory.getLogger(MosquittoChild.class);
    private static final Duration START_PATIENCE = Duration.ofSeconds(10);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(4);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /**
     * After a start with sessions of an earlier run, Mosquitto reads changed accounts when the hub has subscribed again, as {@link
     * #saveState} tells, or after this: longer than the hub takes to connect. Earlier, it would take the rules from the hub's own
     * waiting session, and drop what devices send meanwhile.
     */
    private static final Duration SETTLING = Duration.ofSeconds(12);

    /** Who ran this long has recovered: the next pause is short again. */
    private static final Duration STEADY = Duration.ofMinutes(1);

    private final MosquittoProgram program;
    private final BrokerSettings settings;
    private final Clock clock;
    private final MosquittoFiles files;
    private final MosquittoLog log = new MosquittoLog();
    private final ScheduledExecutorService supervisor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "broker-supervisor");
        thread.setDaemon(true);
        return thread;
    });

    private @Nullable MosquittoProcess process;
    private @Nullable Instant runningSince;
    private @Nullable String lastExit;
    private Instant settledAt = Instant.EPOCH;
    private boolean isUnread;
    private int restarts;
    private Duration pause = FIRST_PAUSE;
    private boolean closed;

    MosquittoChild(MosquittoProgram program, BrokerSettings settings, Clock clock) {
        this.program = program;
        this.settings = settings;
        this.clock = clock;
        this.files = new MosquittoFiles(settings);
    }

    @Override
    public synchronized void start(Collection<Account> accounts) {
        files.prepare();
        Optional<MosquittoProcess> orphan = findOrphan();
        boolean usable = files.isConfigurationCurrent() && MosquittoProcess.answers(url());
        boolean changed = files.writeAccounts(accounts);
        if (orphan.isPresent() && usable) {
            adopt(orphan.get(), changed);
            return;
        }
        orphan.ifPresent(old -> {
            LOG.info("broker=mosquitto pid={} state=stopping reason=\"its settings changed\"", old.pid());
            old.end(STOP_PATIENCE);
        });
        PortTaken.check(settings.bindAddress(), settings.port(), BrokerSettings.PORT_OPTION);
        files.writeConfiguration();
        launch();
        LOG.info(
                "broker=mosquitto version={} pid={} url={} state=running",
                program.version(),
                describe().pid(),
                url());
    }

    @Override
    public synchronized void update(Collection<Account> accounts) {
        if (!files.writeAccounts(accounts) || process == null || !process.isAlive()) {
            return;
        }
        Duration wait = Duration.between(clock.instant(), settledAt);
        if (wait.isNegative() || wait.isZero()) {
            process.signal("HUP");
        } else {
            isUnread = true;
            supervisor.schedule(this::readAccounts, wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void readAccounts() {
        if (isUnread && !closed && process != null && process.isAlive()) {
            isUnread = false;
            process.signal("HUP");
        }
    }

    @Override
    public String url() {
        return settings.url();
    }

    @Override
    public synchronized Description describe() {
        return new Description("mosquitto", program.version(), process == null ? 0 : process.pid());
    }

    @Override
    public synchronized State state() {
        return new State(Optional.ofNullable(runningSince), restarts, Optional.ofNullable(lastExit));
    }

    /**
     * Asks Mosquitto to save now instead of at its next interval of 300 seconds; it does so within a second. To be called
     * once the hub has subscribed, so that at least its session outlives a kill of the broker.
     */
    @Override
    public synchronized void saveState() {
        if (process != null && process.isAlive()) {
            process.signal("USR1");
            settledAt = Instant.EPOCH;
            readAccounts();
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        supervisor.shutdownNow();
        if (process != null) {
            process.end(STOP_PATIENCE);
        }
        runningSince = null;
    }

    /** By the pid that was written down, else by the port: whoever holds it names our configuration on its command line. */
    private Optional<MosquittoProcess> findOrphan() {
        Path configuration = files.configuration();
        return files.pid()
                .flatMap(pid -> MosquittoProcess.find(pid, configuration))
                .or(() -> PortHolder.of(settings.port())
                        .flatMap(holder -> MosquittoProcess.find(holder.pid(), configuration)));
    }

    private void adopt(MosquittoProcess orphan, boolean accountsChanged) {
        files.writePid(orphan.pid());
        if (accountsChanged) {
            orphan.signal("HUP");
        }
        runs(orphan);
        LOG.info(
                "broker=mosquitto pid={} url={} state=adopted reason=\"left running by a hub that was killed\"",
                orphan.pid(),
                url());
    }

    /** Starts a process and waits until it listens; a damaged state file costs what it held, not the start. */
    private void launch() {
        settledAt = files.hasDatabase() ? clock.instant().plus(SETTLING) : Instant.EPOCH;
        MosquittoProcess started = startProcess();
        if (!started.awaitListening(url(), START_PATIENCE)) {
            started.end(STOP_PATIENCE);
            started.awaitLog();
            List<String> errors = log.lastErrors();
            Optional<Path> aside =
                    isDatabaseDamaged(errors) ? files.setDatabaseAside(clock.instant()) : Optional.empty();
            if (aside.isEmpty()) {
                throw new BrokerUnavailable("Mosquitto does not start (" + started.ending() + "): "
                        + String.join(" ", errors) + " Try it by hand: " + program.path() + " -c "
                        + files.configuration());
            }
            LOG.warn(
                    "broker=mosquitto state=damaged file={} consequence=\"retained messages, sessions and what waited"
                            + " in them since the last save are lost; rows in the database are not\"",
                    aside.get());
            started = startProcess();
            if (!started.awaitListening(url(), START_PATIENCE)) {
                started.end(STOP_PATIENCE);
                started.awaitLog();
                throw new BrokerUnavailable("Mosquitto does not start, even without its saved state: "
                        + String.join(" ", log.lastErrors()));
            }
        }
        runs(started);
    }

    private MosquittoProcess startProcess() {
        log.forgetErrors();
        MosquittoProcess started = MosquittoProcess.start(program.path(), files.configuration(), log);
        files.writePid(started.pid());
        return started;
    }

    private static boolean isDatabaseDamaged(List<String> errors) {
        return errors.stream().anyMatch(line -> line.contains("database") || line.contains("ersistence"));
    }

    private void runs(MosquittoProcess started) {
        process = started;
        runningSince = clock.instant();
        started.whenEnded(() -> ended(started));
    }

    private synchronized void ended(MosquittoProcess gone) {
        if (closed || process != gone) {
            return;
        }
        Instant now = clock.instant();
        lastExit = gone.ending() + " at " + now;
        if (runningSince != null && Duration.between(runningSince, now).compareTo(STEADY) >= 0) {
            pause = FIRST_PAUSE;
        }
        runningSince = null;
        LOG.warn(
                "broker=mosquitto pid={} state=ended reason=\"{}\" next=\"start again in {} ms\"",
                gone.pid(),
                gone.ending(),
                pause.toMillis());
        startAgainLater();
    }

    private void startAgainLater() {
        try {
            supervisor.schedule(this::startAgain, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            return; // closing
        }
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private synchronized void startAgain() {
        if (closed) {
            return;
        }
        try {
            restarts++;
            launch();
            LOG.info(
                    "broker=mosquitto pid={} state=running restarts={}",
                    describe().pid(),
                    restarts);
        } catch (BrokerUnavailable | UncheckedIOException e) {
            if (!String.valueOf(e.getMessage()).equals(lastExit)) {
                LOG.warn("broker=mosquitto state=down reason=\"{}\"", e.getMessage());
            }
            lastExit = e.getMessage();
            startAgainLater();
        }
    }
}
