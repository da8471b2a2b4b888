package org.caravanhub.store;

import static org.caravanhub.store.SpoolBytes.bytes;
import static org.caravanhub.store.SpoolBytes.moment;
import static org.caravanhub.store.SpoolBytes.number;
import static org.caravanhub.store.SpoolBytes.optional;
import static org.caravanhub.store.SpoolBytes.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Configuration;
import org.caravanhub.reading.Document;
import org.caravanhub.reading.Event;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.caravanhub.reading.Status;
import org.caravanhub.reading.Vitals;
import org.caravanhub.reading.When;

/**
 * A delivery as bytes: a version, whether it is history, flow, step, and each outcome after a byte that says its kind. A kind that is added gets the next
 * number; numbers and forms are never changed, because a spool may wait for a newer program.
 */
final class SpoolCodec {
    private static final int VERSION = 1;
    private static final int READING = 1;
    private static final int MALFORMED = 2;
    private static final int EVENT = 3;
    private static final int STATUS = 4;
    private static final int CONFIGURATION = 5;

    private SpoolCodec() {}

    /** What a row of the spool says. */
    record Content(String flow, String step, boolean history, List<Outcome> outcomes) {}

    static byte[] encode(Delivery delivery) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeBoolean(delivery.isHistory());
            text(out, delivery.flow());
            text(out, delivery.step());
            for (Outcome outcome : delivery.outcomes()) {
                outcome(out, outcome);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void outcome(DataOutputStream out, Outcome outcome) throws IOException {
        if (outcome instanceof Reading reading) {
            out.writeByte(READING);
            reading(out, reading);
        } else if (outcome instanceof Malformed malformed) {
            out.writeByte(MALFORMED);
            malformed(out, malformed);
        } else if (outcome instanceof Event event) {
            out.writeByte(EVENT);
            event(out, event);
        } else if (outcome instanceof Status status) {
            out.writeByte(STATUS);
            status(out, status);
        } else if (outcome instanceof Configuration configuration) {
            out.writeByte(CONFIGURATION);
            configuration(out, configuration);
        } else {
            throw new IllegalArgumentException(
                    "the spool has no form for a " + outcome.getClass().getSimpleName());
        }
    }

    /** @throws IllegalStateException if it is of a kind that this program does not know */
    static Content decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IllegalStateException("the spool was written by a newer Caravan (version " + version + ")");
            }
            boolean history = in.readBoolean();
            String flow = text(in);
            String step = text(in);
            List<Outcome> outcomes = new ArrayList<>();
            for (int kind = in.read(); kind >= 0; kind = in.read()) {
                outcomes.add(
                        switch (kind) {
                            case READING -> reading(in);
                            case MALFORMED -> malformed(in);
                            case EVENT -> event(in);
                            case STATUS -> status(in);
                            case CONFIGURATION -> configuration(in);
                            default ->
                                throw new IllegalStateException(
                                        "the spool was written by a newer Caravan (outcome of kind " + kind + ")");
                        });
            }
            return new Content(flow, step, history, outcomes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void reading(DataOutputStream out, Reading reading) throws IOException {
        source(out, reading.source());
        moment(out, reading.measuredAt());
        moment(out, reading.receivedAt());
        number(out, reading.flags());
        bytes(out, reading.metrics().json());
    }

    private static Reading reading(DataInputStream in) throws IOException {
        Source source = source(in);
        Instant measuredAt = moment(in);
        Instant receivedAt = moment(in);
        int flags = number(in);
        return new Reading(source, measuredAt, receivedAt, Metrics.ofChecked(bytes(in)), flags);
    }

    private static void malformed(DataOutputStream out, Malformed malformed) throws IOException {
        Message message = malformed.message();
        text(out, message.topic());
        bytes(out, message.payload());
        moment(out, message.receivedAt());
        out.writeBoolean(message.retained());
        out.writeBoolean(message.repeated());
        number(out, message.size());
        text(out, malformed.device());
        text(out, malformed.cause().name());
        text(out, malformed.reason());
    }

    private static Malformed malformed(DataInputStream in) throws IOException {
        Message message = new Message(text(in), bytes(in), moment(in), in.readBoolean(), in.readBoolean(), number(in));
        return new Malformed(message, text(in), Malformed.Cause.valueOf(text(in)), text(in));
    }

    private static void event(DataOutputStream out, Event event) throws IOException {
        source(out, event.source());
        text(out, event.name());
        text(out, event.severity().name());
        text(out, event.message());
        when(out, event.when());
        bytes(out, event.details().json());
    }

    private static Event event(DataInputStream in) throws IOException {
        return new Event(
                source(in),
                text(in),
                Event.Severity.valueOf(text(in)),
                text(in),
                when(in),
                Document.ofChecked(bytes(in)));
    }

    private static void status(DataOutputStream out, Status status) throws IOException {
        source(out, status.source());
        text(out, status.state().name());
        text(out, status.vitals().activity());
        optional(out, status.vitals().uptimeSeconds());
        optional(out, status.vitals().rssiDbm());
        text(out, status.vitals().firmware());
        text(out, status.vitals().model());
        when(out, status.when());
        bytes(out, status.details().json());
    }

    private static Status status(DataInputStream in) throws IOException {
        Source source = source(in);
        Status.State state = Status.State.valueOf(text(in));
        Vitals vitals = new Vitals(text(in), optional(in), optional(in), text(in), text(in));
        return new Status(source, state, vitals, when(in), Document.ofChecked(bytes(in)));
    }

    private static void configuration(DataOutputStream out, Configuration configuration) throws IOException {
        source(out, configuration.source());
        when(out, configuration.when());
        bytes(out, configuration.document().json());
    }

    private static Configuration configuration(DataInputStream in) throws IOException {
        return new Configuration(source(in), when(in), Document.ofChecked(bytes(in)));
    }

    private static void source(DataOutputStream out, Source source) throws IOException {
        text(out, source.device());
        text(out, source.family());
        text(out, source.site());
        text(out, source.system());
        text(out, source.sensor());
        text(out, source.location());
        text(out, source.mac());
    }

    private static Source source(DataInputStream in) throws IOException {
        return new Source(text(in), text(in), text(in), text(in), text(in), text(in), text(in));
    }

    private static void when(DataOutputStream out, When when) throws IOException {
        moment(out, when.saidAt());
        moment(out, when.receivedAt());
        number(out, when.flags());
    }

    private static When when(DataInputStream in) throws IOException {
        return new When(moment(in), moment(in), number(in));
    }
}
