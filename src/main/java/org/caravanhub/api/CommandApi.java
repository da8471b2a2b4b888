package org.caravanhub.api;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.command.Addressee;
import org.caravanhub.command.Command;
import org.caravanhub.command.Courier;
import org.caravanhub.command.Course;
import org.caravanhub.command.NoWay;
import org.caravanhub.command.Wording;
import org.caravanhub.command.WrongCommand;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Json;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.store.Commands;
import org.caravanhub.text.Quoted;

/** {@code create-command}, {@code list-commands}, {@code show-command}, {@code cancel-command}. */
public final class CommandApi {
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int LENGTH = 16;
    /** A clock that goes back this far was set; what was asked for before is moved with it. */
    private static final long SET_BACK_MS = 30_000;

    private final Commands commands;
    private final Courier courier;
    private final Wording wording;
    private final Set<String> toConfirm;
    private final Clock clock;
    private final AtomicLong last = new AtomicLong();
    private final SecureRandom random = new SecureRandom();

    /**
     * Answers from these.
     *
     * @param toConfirm names of commands that are sent only if whoever asks says that they mean it
     */
    public CommandApi(Commands commands, Courier courier, Wording wording, Set<String> toConfirm, Clock clock) {
        this.commands = commands;
        this.courier = courier;
        this.wording = wording;
        this.toConfirm = Set.copyOf(toConfirm);
        this.clock = clock;
    }

    /** Asks a device to do something. */
    public Answer create(Question question) {
        String device = question.word("id");
        CommandRequest request = CommandRequest.read(question.body());
        Addressee to = addressee(device);
        if (commands.isDisabled(device)) {
            throw Problem.of(
                    ProblemCode.NOT_NOW,
                    device + " is disabled, and so is sent nothing. Enable it first: caravan device enable " + device);
        }
        String topic = checked(to, request);
        Instant now = next();
        String who = question.principal().name();
        Command.Order order = new Command.Order(
                newId(),
                device,
                request.name(),
                request.parameters().toString(),
                to.way(),
                topic,
                question.text("Idempotency-Key").orElse(""),
                who);
        Command command = Command.create(order, now, now.plus(request.time()));
        AuditEntry audit = new AuditEntry(now, who, "create-command", "device/" + device, details(order));
        Commands.Asked asked = commands.create(command, audit);
        if (asked instanceof Commands.Asked.TooMany) {
            throw Problem.of(
                    ProblemCode.NOT_NOW,
                    device + " has " + Commands.MOST_OPEN
                            + " commands that are not done yet, and takes no more. Wait, or cancel some that are queued.");
        }
        if (asked instanceof Commands.Asked.Before before) {
            return repeated(order, before.command());
        }
        courier.asked(command, request.time());
        return answer(201, command);
    }

    /** A page of a device's commands, newest first. */
    public Answer list(Question question) {
        String device = question.word("id");
        int limit = (int) question.number("limit");
        Cursor cursor = Cursor.of(question, 2);
        long before = cursor.isPresent() ? cursor.number(0) : Long.MAX_VALUE;
        List<Command> page = commands.page(device, before, cursor.text(1), limit + 1);
        if (page.isEmpty() && !cursor.isPresent()) {
            addressee(device);
        }
        return Page.answer(
                page,
                limit,
                command -> Cursor.after(command.progress().createdAt().toEpochMilli(), command.id()),
                CommandJson::write);
    }

    /** One command. */
    public Answer show(Question question) {
        return answer(200, find(question)).unlessKnown(question);
    }

    /** Takes back what was not sent yet. */
    public Answer cancel(Question question) {
        Command command = find(question);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String who = question.principal().name();
        AuditEntry audit =
                new AuditEntry(now, who, "cancel-command", "device/" + command.device(), details(command.order()));
        Optional<Command> cancelled = commands.change(command.id(), is -> Course.cancelled(is, who, now), audit);
        if (cancelled.isEmpty()) {
            Command is = find(question);
            throw Problem.of(
                    ProblemCode.NOT_NOW,
                    "The command is " + is.state().word()
                            + (is.progress().attempts() > 0 ? " and may have gone out" : "")
                            + "; only one that is queued and was not sent can be cancelled. Nothing was changed.");
        }
        courier.changed(cancelled.get());
        return answer(200, cancelled.get());
    }

    private String checked(Addressee to, CommandRequest request) {
        try {
            String topic = to.topic(request.name());
            wording.check(to, request.name(), request.parameters());
            boolean isDangerous = Wording.words(to, request.name()).stream().anyMatch(toConfirm::contains);
            if (isDangerous && !request.isConfirmed()) {
                throw Problem.of(
                        ProblemCode.REFUSED_COMMAND,
                        Quoted.of(request.name())
                                + " is a command to be careful with, so it was not sent. If you mean it, add"
                                + " \"confirm\": true to the body (caravan device send: --confirm). Which commands are so is the"
                                + " setting caravan.command.confirm.");
            }
            return topic;
        } catch (NoWay e) {
            throw Problem.of(ProblemCode.NOT_NOW, String.valueOf(e.getMessage()));
        } catch (WrongCommand e) {
            throw Problem.of(ProblemCode.REFUSED_COMMAND, String.valueOf(e.getMessage()));
        }
    }

    private static Answer repeated(Command.Order order, Command first) {
        boolean isSame = first.order().name().equals(order.name())
                && first.order().parameters().equals(order.parameters());
        if (!isSame) {
            throw Problem.of(
                    ProblemCode.NOT_NOW,
                    "This Idempotency-Key was used for the command " + first.id()
                            + ", which is another one. A new request needs a new key.");
        }
        return answer(201, first);
    }

    private Addressee addressee(String device) {
        return commands.addressee(device).orElseThrow(() -> Problem.notFound("device", device));
    }

    private Command find(Question question) {
        String id = question.word("command");
        return commands.find(question.word("id"), id).orElseThrow(() -> Problem.notFound("command", id));
    }

    private static Answer answer(int status, Command command) {
        Answer answer = Answer.json(status, json -> CommandJson.write(json, command));
        return status == 201
                ? answer.with("Location", "/api/v1/devices/" + command.device() + "/commands/" + command.id())
                : answer;
    }

    /** Parameters may hold what is nobody's business, a password of a network. */
    private static String details(Command.Order order) {
        byte[] json = Json.of(to -> {
            to.writeStartObject();
            to.writeStringField("command", order.id());
            to.writeStringField("name", order.name());
            to.writeEndObject();
        });
        return new String(json, StandardCharsets.UTF_8);
    }

    /** Commands go in the order in which they were asked for, so that no two may be of one millisecond. */
    private Instant next() {
        long now = clock.millis();
        return Instant.ofEpochMilli(last.updateAndGet(was -> now <= was && was - now < SET_BACK_MS ? was + 1 : now));
    }

    private String newId() {
        StringBuilder id = new StringBuilder("cmd-");
        for (int i = 0; i < LENGTH; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return id.toString();
    }
}
