package org.caravanhub.broker.dynsec;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.caravanhub.access.BrokerAccess;
import org.caravanhub.broker.Account;
import org.caravanhub.mqtt.Door;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the accounts at an outside Mosquitto in step: when they change, when the broker comes back, when names there are not those that
 * were left there (looked at twice a minute), and once an hour in full. One thread does it. Safe for use by many threads.
 */
public final class DynamicSecurity implements BrokerAccess, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DynamicSecurity.class);
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final Duration FULL_LOOK = Duration.ofHours(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    /** How long who changes accounts waits for the broker; it goes on without them. */
    private static final Duration APPLY_PATIENCE = Duration.ofSeconds(2);

    /** Small, since Mosquitto serves nobody meanwhile; with a thousand devices each change takes it 25 ms. */
    private static final int AT_ONCE = 4;

    /**
     * What it needs to know.
     *
     * @param door where the broker is, and the account that manages its accounts
     * @param hubUser who the hub signs in as; empty if it is nobody
     * @param hubSecret its password
     * @param directory where passwords are kept
     * @param known passwords of devices that are told with no change of accounts, by user name
     */
    public record Settings(Door door, String hubUser, String hubSecret, Path directory, Map<String, String> known) {
        /** What this hub marks as its own; another hub at the same broker has another prefix. */
        String mark() {
            return "managed by " + door.clientIdPrefix();
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Settings[" + door + ", hubUser=" + hubUser + "]";
        }
    }

    private final Settings settings;
    private final Duration look;
    private final Optional<HubAccount> hub;
    private final Clock clock;
    private final DeviceSecrets secrets;
    private volatile Set<String> resting = Set.of();
    private final Control control;
    private final Inventory inventory;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "broker-accounts");
        thread.setDaemon(true);
        return thread;
    });

    private volatile @Nullable Wanted wanted;
    private volatile @Nullable Trouble trouble = Trouble.starting();
    private volatile Instant since;
    private volatile int clients;

    // On the worker only.
    private @Nullable Present present;
    private Instant lookedAt = Instant.MIN;
    private Duration pause = FIRST_PAUSE;

    /** One that is not started. */
    public DynamicSecurity(Settings settings, Clock clock) {
        this(settings, LOOK, clock);
    }

    /**
     * One that is not started.
     *
     * @param look how often it looks whether somebody else was there
     */
    public DynamicSecurity(Settings settings, Duration look, Clock clock) {
        this.look = look;
        this.settings = settings;
        this.hub = settings.hubUser().isEmpty()
                ? Optional.empty()
                : Optional.of(new HubAccount(settings.hubUser(), settings.hubSecret()));
        this.clock = clock;
        this.since = clock.instant();
        this.secrets = DeviceSecrets.in(settings.directory());
        this.control = new Control(settings.door(), clock, this::came, this::went);
        this.inventory = new Inventory(control);
    }

    /** Begins to connect; returns at once. Until {@link #apply} is called, no device is touched. */
    public void start() {
        control.start();
        worker.scheduleWithFixedDelay(this::look, look.toMillis(), look.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void rest(Set<String> users) {
        resting = Set.copyOf(users);
    }

    @Override
    public void apply(Collection<Account> devices, Map<String, String> news) {
        Wanted now = Wanted.of(devices);
        Map<String, String> told = new HashMap<>(settings.known());
        told.putAll(news);
        secrets.keep(now, resting, told);
        wanted = now;
        try {
            Future<?> done = worker.submit(this::bringInStep);
            done.get(APPLY_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.info("dynsec state=changing devices={} reason=\"the broker needs longer\"", devices.size());
        } catch (ExecutionException e) {
            throw new IllegalStateException("accounts could not be brought to the broker", e.getCause());
        } catch (RejectedExecutionException e) {
            // It is stopping; the next start begins with all accounts.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public State state() {
        return trouble()
                .map(why -> new State(false, why.what() + " (" + why.code() + ")", why.fix()))
                .orElseGet(() -> new State(
                        true,
                        "The broker has every device's account since " + since.truncatedTo(ChronoUnit.SECONDS) + "; "
                                + clients + " clients there."));
    }

    /** Why it is not in step; empty if it is. */
    public Optional<Trouble> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** The broker is there, perhaps after a restart, perhaps with nothing in its plugin. */
    private void came() {
        try {
            worker.execute(() -> {
                present = null;
                pause = FIRST_PAUSE;
                bringInStep();
            });
        } catch (RejectedExecutionException e) {
            // It is stopping.
        }
    }

    /** Perhaps for a moment only. */
    private void went() {
        try {
            worker.schedule(this::look, FIRST_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // It is stopping.
        }
    }

    /** Whether somebody else was there. */
    private void look() {
        try {
            if (!control.isReady()) {
                told(control.trouble());
                return;
            }
            Present known = present;
            boolean isOld = clock.instant().isAfter(lookedAt.plus(FULL_LOOK));
            if (known == null || isOld || !inventory.isStill(known)) {
                present = null;
                bringInStep();
            }
        } catch (Control.Silence e) {
            told(e.trouble());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("dynsec state=failed", e);
        }
    }

    /** Until nothing differs. What changes meanwhile is seen before the next few commands are sent. */
    private void bringInStep() {
        try {
            if (!control.isReady()) {
                throw new Control.Silence(control.trouble());
            }
            boolean isFresh = present == null;
            try {
                change();
            } catch (Control.Silence e) {
                present = null;
                if (isFresh || !control.isReady()) {
                    throw e;
                }
                change(); // somebody else was there since it was looked at
            }
            pause = FIRST_PAUSE;
        } catch (Control.Silence e) {
            present = null;
            told(e.trouble());
            if (control.isReady()) {
                again();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void change() throws Control.Silence, InterruptedException {
        Present there = present;
        if (there == null) {
            there = inventory.take();
            lookedAt = clock.instant();
            present = there;
        }
        int sent = 0;
        long began = System.nanoTime();
        Difference difference = difference(there);
        while (!difference.commands().isEmpty()) {
            List<Command> next = difference.commands();
            sent += send(next.subList(0, Math.min(AT_ONCE, next.size())), there);
            difference = difference(there);
            if (!difference.commands().isEmpty()) {
                told(Trouble.changing(difference.commands().size()));
            }
        }
        clients = there.clients.size();
        if (sent > 0) {
            LOG.info(
                    "dynsec state=changed commands={} clients={} ms={}",
                    sent,
                    clients,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        }
        told(difference);
    }

    private Difference difference(Present there) {
        return Difference.between(wanted, hub, String.valueOf(settings.door().user()), there, settings.mark(), secrets);
    }

    private int send(List<Command> commands, Present there) throws Control.Silence, InterruptedException {
        List<JsonNode> answers = control.ask(commands);
        for (int i = 0; i < commands.size(); i++) {
            String error = answers.get(i).path("error").asText("");
            if (!error.isEmpty()) {
                throw new Control.Silence(Trouble.failed(commands.get(i), error));
            }
            commands.get(i).effect().accept(there);
        }
        return commands.size();
    }

    private void again() {
        try {
            worker.schedule(this::bringInStep, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            return; // it is stopping
        }
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private void told(Difference difference) {
        if (!difference.conflicts().isEmpty()) {
            told(Trouble.conflicts(difference.conflicts()));
        } else if (!difference.withoutSecret().isEmpty()) {
            told(Trouble.withoutSecret(difference.withoutSecret()));
        } else {
            Trouble before = trouble;
            if (before != null) {
                trouble = null;
                since = clock.instant();
                if (!before.code().equals("changing")) {
                    LOG.info("dynsec state=in-step clients={}", clients);
                }
            }
        }
    }

    private void told(Trouble now) {
        Trouble before = trouble;
        if (!now.equals(before)) {
            if (!now.passes() && (before == null || !before.code().equals(now.code()))) {
                LOG.warn("dynsec state={} reason=\"{}\"", now.code(), now.what());
            }
            since = clock.instant();
            trouble = now;
        }
    }

    /** Leaves the accounts as they are. */
    @Override
    public void close() {
        worker.shutdownNow();
        control.close();
    }
}
