package org.caravanhub.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanhub.device.Admission;
import org.caravanhub.message.Message;
import org.caravanhub.reading.EcoFlowBridgeDecoder;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Understood;

/**
 * What becomes of what devices say that are not simply let in: the message as it came is set aside, once for each such device, however many
 * readings are in it; so it can be replayed, and nothing is counted twice.
 */
final class LetIn {
    /** What is kept of a message that is refused: enough to see who sent what. */
    private static final int REFUSED_BYTES = 256;

    private LetIn() {}

    /**
     * The outcomes that are to be kept.
     *
     * @param messages that they were made of
     */
    static List<? extends Outcome> of(List<? extends Outcome> outcomes, List<Message> messages, Admission admission) {
        if (outcomes.stream().allMatch(each -> verdict(each, messages, admission) == Admission.Verdict.TAKE)) {
            return outcomes;
        }
        List<Outcome> kept = new ArrayList<>();
        Map<Message, Set<String>> aside = new IdentityHashMap<>();
        for (Outcome outcome : outcomes) {
            Admission.Verdict verdict = verdict(outcome, messages, admission);
            // What could not be understood anyway says why, and waits for somebody to mend it.
            boolean isTaken = verdict == Admission.Verdict.TAKE
                    || (verdict == Admission.Verdict.HOLD && outcome instanceof Malformed);
            if (isTaken) {
                kept.add(outcome);
                continue;
            }
            Message message = message(outcome, device(outcome), messages);
            String device = bridge(outcome, messages)
                    .filter(bridge -> admission.of(bridge) == verdict)
                    .orElse(device(outcome));
            if (aside.computeIfAbsent(message, none -> new HashSet<>()).add(device)) {
                kept.add(aside(device, verdict, message));
            }
        }
        return kept;
    }

    /** A bridge answers for the power stations that it hears. */
    private static Admission.Verdict verdict(Outcome outcome, List<Message> messages, Admission admission) {
        String device = device(outcome);
        return bridge(outcome, messages)
                .map(bridge -> admission.of(device, bridge))
                .orElseGet(() -> admission.of(device));
    }

    private static Optional<String> bridge(Outcome outcome, List<Message> messages) {
        return outcome instanceof Reading reading && reading.source().family().equals("ecoflow")
                ? EcoFlowBridgeDecoder.bridge(
                        message(outcome, device(outcome), messages).topic())
                : Optional.empty();
    }

    private static Malformed aside(String device, Admission.Verdict verdict, Message message) {
        if (verdict == Admission.Verdict.HOLD) {
            return new Malformed(
                    message,
                    device,
                    Malformed.Cause.UNKNOWN_DEVICE,
                    device + " is not registered; what it says goes in when it is: caravan device adopt " + device);
        }
        return new Malformed(
                cut(message),
                device,
                Malformed.Cause.REJECTED_DEVICE,
                device + " is disabled or not registered; see: caravan device show " + device);
    }

    /** The one that it was made of: decoders hand on the moment of receipt as it is. */
    private static Message message(Outcome outcome, String device, List<Message> messages) {
        if (outcome instanceof Malformed malformed) {
            return malformed.message();
        }
        Understood understood = (Understood) outcome;
        return messages.stream()
                .filter(message -> isSame(message.receivedAt(), understood.receivedAt()))
                .findFirst()
                .or(() -> messages.stream()
                        .filter(message -> message.receivedAt().equals(understood.receivedAt()))
                        .filter(message -> messages.size() == 1
                                || List.of(message.topic().split("/", -1)).contains(device))
                        .findFirst())
                .orElseGet(() -> Transaction.refused(understood, Malformed.Cause.UNKNOWN_DEVICE, "")
                        .message());
    }

    /** Two messages may come in one moment; the object is of one of them. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Instant one, Instant other) {
        return one == other;
    }

    private static Message cut(Message message) {
        if (message.payload().length <= REFUSED_BYTES) {
            return message;
        }
        byte[] beginning = java.util.Arrays.copyOf(message.payload(), REFUSED_BYTES);
        return new Message(
                message.topic(),
                beginning,
                message.receivedAt(),
                message.retained(),
                message.repeated(),
                message.size());
    }

    private static String device(Outcome outcome) {
        return outcome instanceof Malformed malformed
                ? malformed.device()
                : ((Understood) outcome).source().device();
    }
}
