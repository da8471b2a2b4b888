package org.caravanhub.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.device.RegistryListener;
import org.caravanhub.notice.Dispatch;
import org.caravanhub.notice.Manner;
import org.caravanhub.notice.Notice;
import org.caravanhub.notice.Notices;
import org.caravanhub.notice.Outlet;
import org.caravanhub.notice.Priority;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes alerts of what is said: one for each name and device until it is over, told once. What is said is told at once, whether or not the
 * database is there; what became of it is written a moment later on a thread of its own. What the database has not got is told again when
 * the hub is killed in that moment, and never forgotten otherwise. Safe for use by many threads.
 */
public final class AlertCentre implements Alerts, Notices, RegistryListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlertCentre.class);
    private static final Duration COUNTS = Duration.ofMinutes(5);
    /** What was sent need not be written at once: it would be sent twice. */
    private static final Duration SENT = Duration.ofSeconds(1);

    private static final Duration AWAY = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofDays(90);

    private final AlertBook book;
    private final Outlet outlet;
    private final Outbox outbox;
    private final Consumer<Alert> pages;
    private final Clock clock;
    private final Soon soon = new Soon("alerts", this::look);
    private final OpenAlerts alerts = new OpenAlerts();
    private final Map<Alert.About, Mute> mutes = new HashMap<>();
    /** What was over before it was known what is open. */
    private final Map<Alert.About, Notice> early = new HashMap<>();

    /** Held while something is written; before the lock of this object, never inside of it. */
    private final Object writing = new Object();

    private boolean isRead;
    private boolean isAway;
    private Instant forgotten = Instant.MIN;

    /**
     * One that knows nothing yet; {@link #look} reads what is open.
     *
     * @param outlet what is told at once
     * @param outbox what is sent to others
     * @param pages whoever shows alerts; told of each that changed, after it was kept
     */
    public AlertCentre(AlertBook book, Outlet outlet, Outbox outbox, Consumer<Alert> pages, Clock clock) {
        this.book = book;
        this.outlet = outlet;
        this.outbox = outbox;
        this.pages = pages;
        this.clock = clock;
        outbox.whenChanged(() -> soon.within(SENT));
    }

    @Override
    public void raise(Notice notice) {
        tell(notice, Manner.CONDITION);
    }

    @Override
    public void resolve(String name, String device, String why) {
        over(new Notice(name, "", "", why, Priority.LOW, device, clock.instant()));
    }

    @Override
    public void tell(Notice notice) {
        tell(notice, Manner.EVENT);
    }

    @Override
    public void tell(Notice notice, Manner manner) {
        boolean isHurried;
        Optional<Dispatch> told;
        synchronized (this) {
            told = said(notice, manner);
            isHurried = alerts.isHurried();
        }
        told.ifPresent(this::send);
        soon.within(isHurried ? Duration.ZERO : COUNTS);
    }

    @Override
    public void over(Notice end) {
        Optional<Dispatch> told;
        synchronized (this) {
            Alert.About about = new Alert.About(end.name(), end.device());
            Optional<OpenAlerts.Case> found = alerts.find(about);
            if (found.isEmpty()) {
                if (!isRead && early.size() < OpenAlerts.MOST) {
                    early.put(about, end);
                }
                return;
            }
            told = ended(found.get(), end);
        }
        told.ifPresent(this::send);
        soon.within(Duration.ZERO);
    }

    /** What was said of a device that is gone is over; that needs no telling. */
    @Override
    public void removed(String device) {
        synchronized (this) {
            for (OpenAlerts.Case each :
                    alerts.where(alert -> alert.about().device().equals(device))) {
                alerts.become(each, each.now().resolved(clock.instant(), "the device was removed"));
            }
        }
        soon.within(Duration.ZERO);
    }

    @Override
    public synchronized List<String> devices(String name) {
        return alerts.where(alert -> alert.about().name().equals(name)).stream()
                .map(each -> each.now().about().device())
                .toList();
    }

    /** Those that are not over, as they are at this moment, oldest first. */
    public synchronized List<Alert> open() {
        return alerts.where(alert -> true).stream().map(OpenAlerts.Case::now).toList();
    }

    /** Whether this is not told at the moment. */
    public synchronized boolean isMuted(Alert.About about) {
        Instant now = clock.instant();
        return mutes.values().stream().anyMatch(mute -> mute.covers(about, now));
    }

    /** What is not told at the moment. */
    public synchronized List<Mute> mutes() {
        Instant now = clock.instant();
        return mutes.values().stream()
                .filter(mute -> now.isBefore(mute.until()))
                .sorted(java.util.Comparator.comparing(Mute::name).thenComparing(Mute::device))
                .toList();
    }

    /**
     * Somebody knows of it: it is not told again until it gets worse.
     *
     * @return it; empty if none of this number is open
     */
    public Optional<Alert> acknowledge(long id, AuditEntry audit) {
        return byHand(id, audit, alert -> alert.acknowledged(audit.at(), audit.who()));
    }

    /**
     * Somebody says that it is over.
     *
     * @return it; empty if none of this number is open
     */
    public Optional<Alert> resolve(long id, AuditEntry audit) {
        return byHand(id, audit, alert -> alert.resolved(audit.at(), "by " + audit.who()));
    }

    /** Does not tell something for a while; a moment that has passed tells it again. */
    public void mute(Mute mute, AuditEntry audit) {
        synchronized (writing) {
            keep();
            book.write(new AlertBook.Page(List.of(), List.of(), List.of(), List.of(mute), List.of(audit)));
            synchronized (this) {
                mutes.put(new Alert.About(mute.name(), mute.device()), mute);
            }
        }
        soon.within(Duration.ZERO);
    }

    /** Does what is due: reads what is open, closes what is over by itself, tells what was muted, writes what changed. */
    public void look() {
        List<Dispatch> told;
        synchronized (this) {
            told = due();
        }
        told.forEach(this::send);
        try {
            synchronized (writing) {
                keep();
            }
            isAway = false;
        } catch (RuntimeException e) {
            if (!isAway) {
                LOG.warn("alerts=unkept reason=\"{}\" \"they are told all the same, and kept later\"", e.getMessage());
            }
            isAway = true;
            soon.within(AWAY);
            return;
        }
        next().ifPresent(soon::within);
    }

    /** Writes what is not written yet. */
    @Override
    public void close() {
        outbox.close();
        soon.close();
        try {
            synchronized (writing) {
                keep();
            }
        } catch (RuntimeException e) {
            LOG.warn("alerts=unkept reason=\"{}\"", e.getMessage());
        }
    }

    private Optional<Dispatch> said(Notice notice, Manner manner) {
        Alert.About about = new Alert.About(notice.name(), notice.device());
        Instant now = clock.instant();
        Optional<OpenAlerts.Case> before = alerts.find(about);
        early.remove(about);
        if (before.isEmpty()) {
            return tellIfHeard(alerts.begin(Alert.begin(notice, manner), now), notice, now);
        }
        OpenAlerts.Case known = before.get();
        Alert was = known.now();
        Alert is = was.again(notice, manner);
        alerts.become(known, is);
        return is.isDueAfter(was, manner, now) ? tellIfHeard(known, notice, now) : Optional.empty();
    }

    private Optional<Dispatch> tellIfHeard(OpenAlerts.Case about, Notice notice, Instant now) {
        if (isMuted(about.now().about())) {
            return Optional.empty();
        }
        alerts.become(about, about.now().told(now));
        Alert alert = about.now();
        return Optional.of(Dispatch.of(Dispatch.State.OPEN, notice, alert.severity(), alert.opened(), alert.count()));
    }

    private Optional<Dispatch> ended(OpenAlerts.Case over, Notice end) {
        Alert alert = over.now();
        boolean isTold = alert.told().isPresent() && !isMuted(alert.about());
        alerts.become(over, alert.resolved(clock.instant(), Ending.why(end)));
        return isTold ? Optional.of(Ending.of(alert, end)) : Optional.empty();
    }

    private List<Dispatch> due() {
        Instant now = clock.instant();
        List<Dispatch> told = new ArrayList<>();
        for (OpenAlerts.Case each : alerts.where(alert -> true)) {
            Alert alert = each.now();
            if (alert.closes().filter(at -> !now.isBefore(at)).isPresent()) {
                alerts.become(each, alert.resolved(now, "it was not said again"));
            } else if (alert.told().isEmpty() && alert.state() == Alert.State.OPEN) {
                tellIfHeard(each, Ending.again(alert, now), now).ifPresent(told::add);
            }
        }
        mutes.values().removeIf(mute -> !now.isBefore(mute.until()));
        return told;
    }

    /** In how long there is something to do; empty if there is nothing. */
    private synchronized Optional<Duration> next() {
        Instant now = clock.instant();
        List<Instant> moments = new ArrayList<>();
        for (OpenAlerts.Case each : alerts.where(alert -> true)) {
            each.now().closes().ifPresent(moments::add);
            if (each.now().told().isEmpty()) {
                mutes.values().stream()
                        .filter(mute -> mute.covers(each.now().about(), now))
                        .forEach(mute -> moments.add(mute.until()));
            }
        }
        if (!alerts.unkept().isEmpty()) {
            moments.add(now.plus(COUNTS));
        }
        return moments.stream().min(java.util.Comparator.naturalOrder()).map(moment -> Duration.between(now, moment)
                .plusMillis(100));
    }

    private Optional<Alert> byHand(long id, AuditEntry audit, java.util.function.UnaryOperator<Alert> change) {
        synchronized (writing) {
            keep();
            Optional<OpenAlerts.Case> found;
            synchronized (this) {
                found = alerts.find(id);
            }
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Alert changed = change.apply(found.get().now());
            book.write(new AlertBook.Page(List.of(changed), List.of(), List.of(), List.of(), List.of(audit)));
            synchronized (this) {
                OpenAlerts.Case known = found.get();
                Alert after = change.apply(known.now());
                alerts.become(known, after);
                if (after.equals(changed)) {
                    alerts.kept(known, after, id);
                }
            }
            pages.accept(changed);
            return Optional.of(changed);
        }
    }

    /** Writes what changed. Only for whoever holds {@link #writing}. */
    private void keep() {
        read();
        List<OpenAlerts.Case> changed;
        List<Alert> like;
        Outbox.Change posts = outbox.change();
        synchronized (this) {
            changed = alerts.unkept();
            like = changed.stream().map(OpenAlerts.Case::now).toList();
        }
        AlertBook.Page page = new AlertBook.Page(like, posts.added(), posts.gone(), List.of(), List.of());
        if (page.isEmpty()) {
            return;
        }
        List<Long> ids = book.write(page);
        outbox.kept(posts);
        synchronized (this) {
            for (int i = 0; i < changed.size(); i++) {
                alerts.kept(changed.get(i), like.get(i), ids.get(i));
            }
        }
        for (int i = 0; i < like.size(); i++) {
            pages.accept(like.get(i).numbered(ids.get(i)));
        }
        forget();
    }

    private void read() {
        if (isRead) {
            return;
        }
        List<Alert> open = book.open();
        List<Mute> muted = book.mutes(clock.instant());
        outbox.known(book.pending());
        List<Dispatch> told = new ArrayList<>();
        synchronized (this) {
            open.forEach(alerts::known);
            muted.forEach(mute -> mutes.putIfAbsent(new Alert.About(mute.name(), mute.device()), mute));
            early.forEach((about, end) ->
                    alerts.find(about).flatMap(found -> ended(found, end)).ifPresent(told::add));
            early.clear();
            isRead = true;
        }
        told.forEach(this::send);
    }

    private void forget() {
        Instant now = clock.instant();
        if (Duration.between(forgotten, now).compareTo(Duration.ofDays(1)) > 0) {
            book.forget(now.minus(KEPT));
            forgotten = now;
        }
    }

    private void send(Dispatch dispatch) {
        outlet.tell(dispatch);
        outbox.tell(dispatch);
    }
}
