package org.caravanhub.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.caravanhub.notice.Channel;
import org.caravanhub.notice.Dispatch;
import org.caravanhub.notice.Priority;
import org.caravanhub.text.Quoted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits for one channel: the worst first, then the oldest. It is sent on a thread of its own, so that a channel that is slow or away
 * holds up nobody. What waits for longer than a week, or beyond five hundred, goes; the oldest of the least bad first.
 */
final class Lane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    static final int MOST = 500;
    private static final Duration OLDEST = Duration.ofDays(7);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration WRONG_PAUSE = Duration.ofMinutes(30);
    private static final Comparator<Entry> NEXT = Comparator.comparing((Entry each) -> each.dispatch.severity())
            .reversed()
            .thenComparing(each -> each.dispatch.notice().time());

    private final Channel channel;
    private final Clock clock;
    private final Soon soon;
    private final Runnable keep;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final List<Entry> waiting = new ArrayList<>();
    private final List<Pending> gone = new ArrayList<>();
    private Duration pause = FIRST_PAUSE;
    private Optional<String> trouble = Optional.empty();
    private boolean isWrong;
    private long sent;

    /** One dispatch that waits. */
    static final class Entry {
        final Dispatch dispatch;
        private boolean isKept;

        Entry(Dispatch dispatch, boolean isKept) {
            this.dispatch = dispatch;
            this.isKept = isKept;
        }
    }

    /** @param keep does something about it when what waits has changed */
    Lane(Channel channel, Clock clock, Runnable keep) {
        this.channel = channel;
        this.clock = clock;
        this.keep = keep;
        this.soon = new Soon("tell-" + channel.name(), this::sendNext);
    }

    Channel channel() {
        return channel;
    }

    void tell(Dispatch dispatch) {
        if (dispatch.severity().compareTo(channel.least()) < 0) {
            return;
        }
        boolean isAtOnce;
        synchronized (this) {
            waiting.add(new Entry(dispatch, false));
            makeRoom();
            isAtOnce = trouble.isEmpty() || dispatch.severity() == Priority.URGENT;
        }
        soon.within(isAtOnce ? Duration.ZERO : LONGEST_PAUSE);
    }

    /** What the hub before this one could not send. */
    void known(List<Dispatch> kept) {
        synchronized (this) {
            kept.forEach(dispatch -> waiting.add(new Entry(dispatch, true)));
            makeRoom();
        }
        if (!kept.isEmpty()) {
            soon.within(Duration.ZERO);
        }
    }

    /** It may work again: it is tried now. */
    void hurry() {
        synchronized (this) {
            pause = FIRST_PAUSE;
        }
        soon.within(Duration.ZERO);
    }

    synchronized ChannelState state() {
        return new ChannelState(channel.name(), channel.least(), waiting.size(), sent, trouble, isWrong);
    }

    synchronized void change(List<Pending> added, List<Pending> away) {
        waiting.stream()
                .filter(each -> !each.isKept)
                .map(each -> new Pending(channel.name(), each.dispatch))
                .forEach(added::add);
        away.addAll(gone);
    }

    /** What was to be kept of {@link #change} is; what was sent meanwhile is to go again. */
    synchronized void kept(Outbox.Change change) {
        gone.removeAll(change.gone());
        for (Pending added : change.added()) {
            if (added.channel().equals(channel.name())) {
                waiting.stream()
                        .filter(each ->
                                each.dispatch.id().equals(added.dispatch().id()))
                        .findFirst()
                        .ifPresentOrElse(each -> each.isKept = true, () -> gone.add(added));
            }
        }
    }

    /** Sends one; what follows is asked for again. */
    private void sendNext() {
        Optional<Entry> next = next();
        if (next.isEmpty()) {
            return;
        }
        Dispatch dispatch = next.get().dispatch;
        Duration late = Digest.late(dispatch, clock.instant());
        Channel.Answer answer;
        try {
            answer = channel.send(
                    late.isZero()
                            ? dispatch
                            : dispatch.saying("late: " + Ending.spoken(late) + "\n"
                                    + dispatch.notice().text()),
                    late);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (RuntimeException e) {
            LOG.error("channel={} told=no reason={}", channel.name(), Quoted.atLength(e.toString()));
            answer = new Channel.Answer(Channel.Result.REFUSED, e.toString());
        }
        soon.within(answered(next.get(), answer));
        keep.run();
    }

    /** In how long the next may be sent. */
    private synchronized Duration answered(Entry entry, Channel.Answer answer) {
        boolean isOver = answer.result() == Channel.Result.DELIVERED || answer.result() == Channel.Result.REFUSED;
        if (answer.result() == Channel.Result.REFUSED) {
            LOG.warn(
                    "channel={} notice={} told=no reason={} \"it is not tried again\"",
                    channel.name(),
                    entry.dispatch.notice().name(),
                    Quoted.atLength(answer.reason()));
        }
        if (isOver) {
            sent += answer.result() == Channel.Result.DELIVERED ? 1 : 0;
            remove(entry);
            if (trouble.isPresent()) {
                LOG.info("channel={} trouble=over waiting={}", channel.name(), waiting.size());
            }
            trouble = Optional.empty();
            isWrong = false;
            pause = FIRST_PAUSE;
            return Duration.ZERO;
        }
        if (trouble.isEmpty()) {
            LOG.warn(
                    "channel={} told=no reason={} \"it is tried again\"",
                    channel.name(),
                    Quoted.atLength(answer.reason()));
        }
        trouble = Optional.of(answer.reason());
        isWrong = answer.result() == Channel.Result.WRONG;
        Duration now = isWrong ? WRONG_PAUSE : pause;
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
        // Many hubs behind one server do not come back at the same instant.
        return Duration.ofMillis((long) (now.toMillis() * (0.8 + 0.4 * random.nextDouble())));
    }

    private synchronized Optional<Entry> next() {
        Instant now = clock.instant();
        waiting.stream()
                .filter(each ->
                        Duration.between(each.dispatch.notice().time(), now).compareTo(OLDEST) > 0)
                .toList()
                .forEach(this::remove);
        Digest digest = Digest.of(waiting.stream().map(each -> each.dispatch).toList(), now);
        if (!digest.isEmpty()) {
            waiting.stream()
                    .filter(each -> digest.taken().contains(each.dispatch))
                    .toList()
                    .forEach(this::remove);
            digest.instead().ifPresent(summary -> waiting.add(new Entry(summary, false)));
        }
        return waiting.stream().min(NEXT);
    }

    private void makeRoom() {
        while (waiting.size() > MOST) {
            Entry least = waiting.stream()
                    .min(Comparator.comparing((Entry each) -> each.dispatch.severity())
                            .thenComparing(each -> each.dispatch.notice().time()))
                    .orElseThrow();
            LOG.warn(
                    "channel={} notice={} told=no reason=\"{} others wait\"",
                    channel.name(),
                    least.dispatch.notice().name(),
                    MOST);
            remove(least);
        }
    }

    private void remove(Entry entry) {
        waiting.remove(entry);
        if (entry.isKept) {
            gone.add(new Pending(channel.name(), entry.dispatch));
        }
    }

    @Override
    public void close() {
        soon.stop();
    }
}
