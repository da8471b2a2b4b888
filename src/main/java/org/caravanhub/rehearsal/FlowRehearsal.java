package org.caravanhub.rehearsal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.caravanhub.exchange.Shown;
import org.caravanhub.flow.Mistake;
import org.caravanhub.flow.Rejected;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Outcome;
import org.jspecify.annotations.Nullable;

/** Tries messages on the flows of the hub, one at a time, each for at most five seconds. */
public final class FlowRehearsal implements Rehearsal, AutoCloseable {
    private static final long LONGEST_SECONDS = 5;

    private final CamelContext hub;
    private final Supplier<Map<String, byte[]>> running;
    private final Function<Map<String, byte[]>, List<Mistake>> check;
    private final Predicate<String> decides;
    private final Function<Message, List<Outcome>> decoder;
    private final Shown shown;
    private @Nullable Stage stage;

    /**
     * Tries flows of this context.
     *
     * @param running every file that runs, with its bytes as they run, by path
     * @param check what would be wrong with a file if it were saved
     * @param decides whether the bean of this name only decides; every other one is only named
     * @param decoder reads JSON that a flow gives to the store
     */
    public FlowRehearsal(
            CamelContext hub,
            Supplier<Map<String, byte[]>> running,
            Function<Map<String, byte[]>, List<Mistake>> check,
            Predicate<String> decides,
            Function<Message, List<Outcome>> decoder,
            Shown shown) {
        this.hub = hub;
        this.running = running;
        this.check = check;
        this.decides = decides;
        this.decoder = decoder;
        this.shown = shown;
    }

    @Override
    public Result of(String flow, Message message) {
        return play(flow, message, Script.of(flow, running.get()));
    }

    /**
     * Tries a message on a flow as it would be with this file.
     *
     * @param path of the file, relative to the folder of flows; it may be a new one
     * @param text of the file
     * @throws Rejected if the file has mistakes; what may not be saved is not tried either
     * @throws IllegalArgumentException if the flow does not begin with a message, with the reason for a person
     */
    public Result of(String flow, Message message, String path, byte[] text) {
        List<Mistake> mistakes = check.apply(Map.of(path, text));
        if (!mistakes.isEmpty()) {
            throw new Rejected(mistakes);
        }
        Map<String, byte[]> files = new HashMap<>(running.get());
        files.put(path, text);
        return play(flow, message, Script.of(flow, files));
    }

    private synchronized Result play(String flow, Message message, Script script) {
        Stage here = stageFor(script);
        Recording recording = new Recording();
        FutureTask<Optional<String>> task = new FutureTask<>(() -> here.play(flow, message, recording));
        Thread thread = new Thread(task, "rehearsal");
        thread.setDaemon(true);
        thread.start();
        try {
            return recording.result(task.get(LONGEST_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalArgumentException wrong) {
                throw wrong;
            }
            return recording.result(Optional.of(Reason.of(e)));
        } catch (TimeoutException e) {
            recording.stop();
            task.cancel(true);
            stage = null;
            // A step that does not let go keeps its thread; nobody waits for it.
            Thread closing = new Thread(here::close, "rehearsal-end");
            closing.setDaemon(true);
            closing.start();
            return recording.result(Optional.of("it did not end within " + LONGEST_SECONDS + " s"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            recording.stop();
            return recording.result(Optional.of("interrupted"));
        }
    }

    private Stage stageFor(Script script) {
        Stage now = stage;
        if (now == null || !now.plays(script)) {
            close();
            now = new Stage(script, hub, decides, decoder, shown);
            stage = now;
        }
        return now;
    }

    @Override
    public synchronized void close() {
        Stage now = stage;
        stage = null;
        if (now != null) {
            now.close();
        }
    }
}
