package org.caravanhub.api;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanhub.device.Admission;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Principal;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Understood;
import org.caravanhub.store.Receipt;

/** {@code ingest-reading}: what a device says by HTTP becomes the message that it would have published. */
public final class IngestApi {
    private static final String TOPIC = "http/ingest";
    private static final int MOST_REASONS = 20;

    private final Clock clock;

    private final Admission admission;

    /** Messages are received at the time of this clock, from whom is let in. */
    public IngestApi(Admission admission, Clock clock) {
        this.admission = admission;
        this.clock = clock;
    }

    /**
     * The body as a message on {@code http/ingest/DEVICE}; on {@code http/ingest} if the admin did not say whose it is, and the
     * readings have to.
     *
     * @throws Problem if a device speaks for another
     */
    public List<Message> message(Question question) {
        Optional<String> named = question.text("device");
        Principal principal = question.principal();
        if (principal.kind() == Principal.Kind.DEVICE) {
            String own = principal.name();
            if (named.isPresent() && !named.get().equals(own)) {
                throw Problem.of(ProblemCode.FORBIDDEN, "The credential of " + own + " is for its own readings only.");
            }
            named = Optional.of(own);
        }
        String topic = named.map(device -> TOPIC + "/" + device).orElse(TOPIC);
        return List.of(Message.of(topic, question.body(), clock.instant()));
    }

    /**
     * The same outcomes, if nobody is among them of whom nothing is taken.
     *
     * @throws Problem if there is: nothing of it is kept or counted then
     */
    public List<Outcome> refuse(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            String device = device(outcome);
            if (admission.of(device) == Admission.Verdict.REJECT) {
                throw Problem.of(
                        ProblemCode.DEVICE_REFUSED,
                        "Nothing is taken from " + device
                                + ": it is disabled, or not registered where only registered devices may speak. Nothing of it was kept; "
                                + "the admin sees why with `caravan device show " + device + "`.");
            }
        }
        return outcomes;
    }

    /**
     * What became of it.
     *
     * @param receipt of the commit
     * @param outcomes what was given to the store
     * @throws Problem if nothing of it was understood
     */
    public Answer answer(Receipt receipt, List<Outcome> outcomes) {
        if (receipt.quarantined() > 0
                && outcomes.stream()
                        .anyMatch(outcome -> outcome instanceof Understood
                                && admission.of(device(outcome)) == Admission.Verdict.HOLD)) {
            return Receipts.answer(202, receipt);
        }
        if (receipt.received() > 0 && receipt.quarantined() == receipt.received()) {
            throw new Problem(
                    ProblemCode.MALFORMED_READING,
                    "Nothing of it was understood. It is kept in quarantine; correct it and send it again.",
                    faults(outcomes),
                    Map.of());
        }
        return Receipts.answer(receipt);
    }

    private static String device(Outcome outcome) {
        return outcome instanceof Malformed malformed
                ? malformed.device()
                : ((Understood) outcome).source().device();
    }

    private static List<Fault> faults(List<Outcome> outcomes) {
        List<Fault> faults = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Malformed malformed && faults.size() < MOST_REASONS) {
                faults.add(new Fault("", malformed.cause().word(), malformed.reason(), ""));
            }
        }
        return faults;
    }
}
