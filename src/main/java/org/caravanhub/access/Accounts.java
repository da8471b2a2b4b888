package org.caravanhub.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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
 * change, when a credential ends, once a minute, and with PostgreSQL every few seconds, since another hub may have changed it; the broker
 * is told of what is different, and of all of it once an hour. Safe for use by many threads.
 */
public final class Accounts implements RegistryListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);
    private static final Duration RECONCILE = Duration.ofHours(1);

    /** A damaged database comes back row by row, and tells nobody. */
    private static final Duration LOOK = Duration.ofMinutes(1);

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

    private final BooleanSupplier isWhole;
    private volatile Granted granted = Granted.NOBODY;
    private boolean isKnown;
    private List<Grant> last = List.of();
    private List<Account> given = List.of();
    private volatile Optional<String> trouble = Optional.empty();
    /** New passwords for a broker that could not be given them; empty if nothing is to be tried again. */
    private Optional<Map<String, String>> again = Optional.empty();

    private @Nullable ScheduledFuture<?> end;
    private long seen = -1;
    private int looks;

    /**
     * Accounts of these.
     *
     * @param broker who is given them
     * @param inside accounts of devices inside the process
     * @param directory where they are kept beside a database that may be away, or damaged
     * @param isWhole whether the database has all its rows; false while those of a damaged file come back
     */
    public Accounts(
            AccessBook book,
            Database database,
            BrokerAccess broker,
            Collection<Account> inside,
            java.nio.file.Path directory,
            BooleanSupplier isWhole,
            Clock clock) {
        this.book = book;
        this.database = database;
        this.broker = broker;
        this.file = new AccountsFile(directory);
        this.inside = List.copyOf(inside);
        this.isWhole = isWhole;
        this.clock = clock;
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Who should be let in before the broker starts: as the database says, or as it said last if it is away or damaged. */
    public List<Account> atStart() {
        synchronized (turn) {
            last = file.read();
            try {
                last = isElsewhere() ? last : rows();
                isKnown = !isElsewhere() || file.isThere();
            } catch (RuntimeException e) {
                LOG.warn("access=as-it-was reason=\"{}\"", e.getMessage());
            }
            granted = Granted.of(last, inside);
            given = accounts();
        }
        return accounts();
    }

    /** Begins to look, now and from time to time; the broker runs. */
    public void begin() {
        database.whenThere(() -> refresh(Map.of()));
        timer.scheduleWithFixedDelay(
                () -> refresh(Map.of()), RECONCILE.toMillis(), RECONCILE.toMillis(), TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
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
        forget(device);
        refresh(Map.of());
    }

    @Override
    public void changed(Collection<String> devices) {
        devices.forEach(this::forget);
        refresh(Map.of());
    }

    @Override
    public void removed(String device) {
        changed(device);
    }

    /** What was known of this device counts no more, also while the database does not have all its rows. */
    void forget(String device) {
        synchronized (turn) {
            last = last.stream()
                    .filter(grant -> !grant.credential().device().equals(device))
                    .toList();
        }
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
            Optional<String> unread = read();
            // A broker elsewhere would forget everybody if nobody was known.
            Optional<String> ungiven = isKnown ? give(secrets) : Optional.empty();
            Optional<String> reason = unread.or(() -> ungiven);
            if (reason.isPresent()) {
                refreshAgain(secrets);
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

    /** Once for all who could not be served meanwhile. */
    private void refreshAgain(Map<String, String> secrets) {
        boolean isPlanned = again.isPresent();
        Map<String, String> all = new HashMap<>(again.orElse(Map.of()));
        all.putAll(secrets);
        again = Optional.of(all);
        if (!isPlanned) {
            timer.schedule(this::tryAgain, RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tryAgain() {
        synchronized (turn) {
            Map<String, String> secrets = again.orElse(Map.of());
            again = Optional.empty();
            refresh(secrets);
        }
    }

    /** Finds what nobody told of. */
    private void look() {
        synchronized (turn) {
            if (read().isEmpty() && !accounts().equals(given)) {
                refresh(Map.of());
            }
        }
    }

    /** Why the database could not be asked. What it said last goes on, but for credentials that end meanwhile. */
    private Optional<String> read() {
        try {
            last = rows();
            isKnown = true;
            granted = Granted.of(last, inside);
            file.write(last);
            broker.rest(book.resting(clock.instant()));
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** What the database says; while rows of a damaged file come back to it, what it said before goes on beside it. */
    private List<Grant> rows() {
        boolean isAllThere = isWhole.getAsBoolean();
        List<Grant> rows = book.grants(clock.instant());
        if (isAllThere) {
            return rows;
        }
        Map<String, Grant> byUser = new TreeMap<>();
        last.forEach(grant -> byUser.put(grant.credential().user(), grant));
        rows.forEach(grant -> byUser.put(grant.credential().user(), grant));
        return List.copyOf(byUser.values());
    }

    /** Why the broker could not be given them. */
    private Optional<String> give(Map<String, String> secrets) {
        try {
            List<Account> wanted = accounts();
            broker.apply(wanted, secrets);
            given = wanted;
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
