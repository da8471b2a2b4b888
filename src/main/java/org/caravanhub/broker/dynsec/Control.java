package org.caravanhub.broker.dynsec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.caravanhub.mqtt.Conversation;
import org.caravanhub.mqtt.Door;
import org.jspecify.annotations.Nullable;

/**
 * Asks the plugin, and waits for its answers. Everybody who listens to the plugin hears every answer, so each of ours bears a mark. One
 * thread asks.
 */
final class Control implements AutoCloseable, Conversation.Listener {
    private static final String ASK = "$CONTROL/dynamic-security/v1";
    private static final String ANSWERS = ASK + "/response";
    /** A plugin with a thousand devices needs 25 ms for each change, and much more on a small computer that is busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** There was no answer. */
    static final class Silence extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Trouble trouble;

        Silence(Trouble trouble) {
            super(trouble.what());
            this.trouble = trouble;
        }

        Trouble trouble() {
            return trouble;
        }
    }

    /** Questions that wait for their answers. */
    private record Waiting(String id, int count, CompletableFuture<List<JsonNode>> answers) {}

    private final Conversation conversation;
    private final String user;
    private final Runnable whenReady;
    private final Runnable whenGone;
    private final String run = Long.toHexString(ThreadLocalRandom.current().nextLong());
    private long asked;
    private volatile boolean ready;
    private volatile @Nullable String refusal;
    private volatile @Nullable Waiting waiting;

    /**
     * One that is not started.
     *
     * @param whenReady called each time that a connection is there; quick
     * @param whenGone called each time that it ended; quick
     */
    Control(Door door, Clock clock, Runnable whenReady, Runnable whenGone) {
        this.user = String.valueOf(door.user());
        this.whenReady = whenReady;
        this.whenGone = whenGone;
        this.conversation = new Conversation(door, ASK, ANSWERS, clock, this);
    }

    void start() {
        conversation.start();
    }

    boolean isReady() {
        return ready;
    }

    /** Why it is not ready. */
    Trouble trouble() {
        String said = refusal;
        if (said != null) {
            return Trouble.notAllowed(user, said);
        }
        return Trouble.away(user, conversation.trouble());
    }

    /**
     * Asks all at once; they are done in this order.
     *
     * @return an answer for each; {@code error} in it says what went wrong
     * @throws Silence if there is no answer: some, all or none of it may have been done
     */
    List<JsonNode> ask(List<Command> commands) throws Silence, InterruptedException {
        Waiting now = new Waiting(run + "-" + ++asked, commands.size(), new CompletableFuture<>());
        ObjectNode message = JSON.createObjectNode();
        ArrayNode all = message.putArray("commands");
        for (Command command : commands) {
            all.add(command.json().deepCopy().put("correlationData", now.id()));
        }
        waiting = now;
        try {
            if (!ready) {
                throw new Silence(trouble());
            }
            conversation.say(JSON.writeValueAsBytes(message));
            return now.answers().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new Silence(trouble());
        } catch (TimeoutException e) {
            throw new Silence(Trouble.noAnswer(user, PATIENCE));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON could not be written", e);
        } finally {
            waiting = null;
        }
    }

    @Override
    public void ready() {
        refusal = null;
        ready = true;
        whenReady.run();
    }

    @Override
    public void heard(byte[] answer) {
        Waiting now = waiting;
        if (now == null) {
            return;
        }
        try {
            JsonNode responses = JSON.readTree(answer).path("responses");
            if (responses.size() == now.count()
                    && now.id().equals(responses.path(0).path("correlationData").asText())) {
                List<JsonNode> list = new ArrayList<>(now.count());
                responses.forEach(list::add);
                now.answers().complete(list);
            }
        } catch (IOException e) {
            // Whatever it is, it is no answer to us.
        }
    }

    @Override
    public void refused(String reason) {
        refusal = reason;
        ready = false;
        fail();
    }

    @Override
    public void gone() {
        ready = false;
        fail();
        whenGone.run();
    }

    private void fail() {
        Waiting now = waiting;
        if (now != null) {
            now.answers().completeExceptionally(new IOException("gone"));
        }
    }

    @Override
    public void close() {
        conversation.close();
    }
}
