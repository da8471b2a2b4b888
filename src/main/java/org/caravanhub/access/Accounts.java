package org.caravanhub.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.caravanhub.broker.Account;
import org.caravanhub.broker.PasswordHash;
import org.caravanhub.device.Grant;
import org.caravanhub.device.Registration;
import org.caravanhub.device.RegistryListener;
import org.caravanhub.store.AccessBook;
import org.caravanhub.store.Database;
import org.caravanhub.store.PostgresDatabase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts that devices should have now, at the broker and over HTTP. What is in the database counts; it is looked at after every
 * change, when a credential ends, once an hour, and with PostgreSQL every few seconds, since another hub may have changed it. Safe for use
 * by many threads.
 */
public final class Accounts implements RegistryListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);
    private static final Duration RECONCILE = Duration.ofHours(1);
    private static final Duration LOOK_ELSEWHERE = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(2);

    /** A change that was begun before another may be committed after it. */
    private static final int LOOKS_AFTER_CHANGE = 3;

    private final AccessBook book;
    private final Database database;
    private final BrokerAccess broker;
    private final AccountsFile file;
    private final Collection<Account> inside;
    private final Clock clock;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "access");
        thread.setDaemon(true);
        return thread;
    });
    private final Object turn = new Object();

    private volatile Granted granted = Granted.NOBODY;
    private volatile Optional<String> trouble = Optional.empty();
    private @Nullable ScheduledFuture<?> end;
    private long seen = -1;
    private int looks;

    /**
     * Accounts of these.
     *
     * @param broker who is given them
     * @param inside accounts of devices inside the process
     * @param directory where they are kept beside a database that may be away
     */
    public Accounts(
            AccessBook book,
            Database database,
            BrokerAccess broker,
            Collection<Account> inside,
            java.nio.file.Path directory,
            Clock clock) {
        this.book = book;
        this.database = database;
        this.broker = broker;
        this.file = new AccountsFile(directory);
        this.inside = List.copyOf(inside);
        this.clock = clock;
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Who should be let in before the broker starts: as the database says, or as it said last if it is away. */
    public List<Account> atStart() {
        synchronized (turn) {
            granted = Granted.of(isElsewhere() ? file.read() : book.grants(clock.instant()), inside);
        }
        return accounts();
    }

    /** Begins to look, now and from time to time; the broker runs. */
    public void begin() {
        database.whenThere(() -> refresh(Map.of()));
        timer.scheduleWithFixedDelay(
                () -> refresh(Map.of()), RECONCILE.toMillis(), RECONCILE.toMillis(), TimeUnit.MILLISECONDS);
        if (isElsewhere()) {
            long pause = LOOK_ELSEWHERE.toMillis();
            timer.scheduleWithFixedDelay(this::lookElsewhere, pause, pause, TimeUnit.MILLISECONDS);
        }
    }

    /** The accounts that devices should have now. */
    public List<Account> accounts() {
        return granted.accounts(clock.instant());
    }

    /**
     * Whose credential this is. Takes as long for a name that does not exist as for one that does.
     *
     * @return the device's id
     */
    public Optional<String> device(String user, String password) {
        Optional<Granted.One> one = granted.find(user);
        boolean knows = one.map(Granted.One::account)
                .map(Account::password)
                .orElse(NobodysPassword.HASH)
                .matches(password);
        return one.filter(found -> knows && found.isValid(clock.instant())).map(Granted.One::device);
    }

    /**
     * Looks whether a new device may have these topics.
     *
     * @throws Refused if they would be those of another, too
     */
    void check(String device, Registration.Topics topics) {
        FamilyRules.check(device, topics);
        granted.check(device, topics);
    }

    private static final class NobodysPassword {
        static final PasswordHash HASH = PasswordHash.of("");
    }

    /** How it is, for people. */
    public BrokerAccess.State state() {
        return trouble.map(why -> new BrokerAccess.State(
                        false,
                        "Who may connect could not be brought up to date: " + why + ". It is tried again by itself."))
                .orElseGet(broker::state);
    }

    @Override
    public void changed(String device) {
        refresh(Map.of());
    }

    @Override
    public void removed(String device) {
        refresh(Map.of());
    }

    /**
     * Looks what the database says, and gives it to the broker.
     *
     * @param secrets new passwords by user name, for a broker that needs them
     */
    void refresh(Map<String, String> secrets) {
        synchronized (turn) {
            if (timer.isShutdown()) {
                return;
            }
            Optional<String> reason = look().or(() -> give(secrets));
            if (reason.isPresent()) {
                timer.schedule(() -> refresh(secrets), RETRY.toMillis(), TimeUnit.MILLISECONDS);
            }
            if (!reason.equals(trouble)) {
                LOG.info(
                        "access={}",
                        reason.map(why -> "behind reason=\"" + why + "\"").orElse("current"));
            }
            trouble = reason;
            waitForNextEnd();
        }
    }

    /** Why the database could not be asked. What it said last goes on, but for credentials that end meanwhile. */
    private Optional<String> look() {
        try {
            List<Grant> grants = book.grants(clock.instant());
            granted = Granted.of(grants, inside);
            if (isElsewhere()) {
                file.write(grants);
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            give(Map.of());
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Why the broker could not be given them. */
    private Optional<String> give(Map<String, String> secrets) {
        try {
            broker.apply(accounts(), secrets);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void waitForNextEnd() {
        if (end != null) {
            end.cancel(false);
            end = null;
        }
        Instant now = clock.instant();
        Optional<Instant> next = granted.nextEnd(now);
        if (next.isPresent()) {
            long millis = Duration.between(now, next.get()).toMillis();
            end = timer.schedule(this::ended, millis + 1, TimeUnit.MILLISECONDS);
        }
    }

    private void ended() {
        try {
            book.forgetExpired(clock.instant());
        } catch (RuntimeException e) {
            LOG.debug("access=expired reason=\"{}\"", e.getMessage()); // it lets nobody in, and is forgotten later
        }
        refresh(Map.of());
    }

    /** Every change leaves a line in the audit, so its newest number tells whether there was one. */
    void lookElsewhere() {
        try {
            long newest = book.newestChange();
            if (newest != seen) {
                seen = newest;
                looks = LOOKS_AFTER_CHANGE;
            }
            if (looks > 0) {
                looks--;
                refresh(Map.of());
            }
        } catch (RuntimeException e) {
            LOG.debug("access=not-looked reason=\"{}\"", e.getMessage()); // the database is away; its health says so
        }
    }

    private boolean isElsewhere() {
        return database instanceof PostgresDatabase;
    }

    @Override
    public void close() {
        synchronized (turn) {
            timer.shutdownNow();
        }
    }
}
