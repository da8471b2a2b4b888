package org.caravanhub.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.caravanhub.notice.Channel;
import org.caravanhub.notice.Dispatch;
import org.caravanhub.notice.Notice;
import org.caravanhub.notice.Priority;

/** Sends a test message by channels, all at the same time, and says what came of each. */
public final class Trials {
    private final List<Channel> channels;
    private final Clock clock;

    /**
     * What came of one.
     *
     * @param channel its name
     * @param answer of the channel
     * @param took how long that was
     */
    public record Result(String channel, Channel.Answer answer, Duration took) {}

    /** Of these. */
    public Trials(List<Channel> channels, Clock clock) {
        this.channels = List.copyOf(channels);
        this.clock = clock;
    }

    /** Their names. */
    public List<String> names() {
        return channels.stream().map(Channel::name).toList();
    }

    /** Tries this one, or all if the name is empty. Waits for the slowest, 20 s at most. */
    public List<Result> of(String name) throws InterruptedException {
        Instant now = clock.instant();
        Notice notice = new Notice(
                "test",
                "",
                "Caravan: this is a test",
                "If you can read this, alerts reach you here. Nothing is wrong.",
                Priority.NORMAL,
                "",
                now);
        List<FutureTask<Result>> tasks = new ArrayList<>();
        for (Channel channel : channels) {
            if (name.isEmpty() || channel.name().equals(name)) {
                Dispatch dispatch = Dispatch.of(Dispatch.State.TEST, notice, Priority.NORMAL, now, 1);
                FutureTask<Result> task = new FutureTask<>(() -> send(channel, dispatch));
                tasks.add(task);
                Thread thread = new Thread(task, "test-" + channel.name());
                thread.setDaemon(true);
                thread.start();
            }
        }
        List<Result> results = new ArrayList<>();
        for (FutureTask<Result> task : tasks) {
            try {
                results.add(task.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("a channel could not be tried", e.getCause());
            }
        }
        return results;
    }

    private static Result send(Channel channel, Dispatch dispatch) throws InterruptedException {
        long start = System.nanoTime();
        Channel.Answer answer = channel.send(dispatch, Duration.ZERO);
        return new Result(channel.name(), answer, Duration.ofNanos(System.nanoTime() - start));
    }
}
