package org.caravanhub.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;

/**
 * A delivery as bytes: a version, flow, step, and each outcome after a byte that says its kind. A kind that is added gets the next
 * number; numbers and forms are never changed, because a spool may wait for a newer program.
 */
final class SpoolCodec {
    private static final int VERSION = 1;
    private static final int READING = 1;
    private static final int MALFORMED = 2;

    private SpoolCodec() {}

    /** What a row of the spool says. */
    record Content(String flow, String step, List<Outcome> outcomes) {}

    static byte[] encode(Delivery delivery) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            text(out, delivery.flow());
            text(out, delivery.step());
            for (Outcome outcome : delivery.outcomes()) {
                if (outcome instanceof Reading reading) {
                    out.writeByte(READING);
                    reading(out, reading);
                } else if (outcome instanceof Malformed malformed) {
                    out.writeByte(MALFORMED);
                    malformed(out, malformed);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalStateException if it is of a kind that this program does not know */
    static Content decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IllegalStateException("the spool was written by a newer Caravan (version " + version + ")");
            }
            String flow = text(in);
            String step = text(in);
            List<Outcome> outcomes = new ArrayList<>();
            for (int kind = in.read(); kind >= 0; kind = in.read()) {
                outcomes.add(
                        switch (kind) {
                            case READING -> reading(in);
                            case MALFORMED -> malformed(in);
                            default ->
                                throw new IllegalStateException(
                                        "the spool was written by a newer Caravan (outcome of kind " + kind + ")");
                        });
            }
            return new Content(flow, step, outcomes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void reading(DataOutputStream out, Reading reading) throws IOException {
        Source source = reading.source();
        text(out, source.device());
        text(out, source.family());
        text(out, source.site());
        text(out, source.system());
        text(out, source.sensor());
        text(out, source.location());
        text(out, source.mac());
        moment(out, reading.measuredAt());
        moment(out, reading.receivedAt());
        number(out, reading.flags());
        bytes(out, reading.metrics().json());
    }

    private static Reading reading(DataInputStream in) throws IOException {
        Source source = new Source(text(in), text(in), text(in), text(in), text(in), text(in), text(in));
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

    private static void moment(DataOutputStream out, Instant moment) throws IOException {
        out.writeLong(moment.toEpochMilli());
    }

    private static Instant moment(DataInputStream in) throws IOException {
        return Instant.ofEpochMilli(in.readLong());
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        bytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        number(out, bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = number(in);
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("a row of the spool ends too early");
        }
        return bytes;
    }

    /** Seven bits a byte, the last without the eighth. */
    private static void number(DataOutputStream out, int number) throws IOException {
        int rest = number;
        while ((rest & ~0x7f) != 0) {
            out.writeByte(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    private static int number(DataInputStream in) throws IOException {
        int number = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int part = in.readUnsignedByte();
            number |= (part & 0x7f) << shift;
            if (part < 0x80) {
                return number;
            }
        }
        throw new IOException("a number in the spool is too long");
    }
}
