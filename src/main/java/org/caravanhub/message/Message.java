package org.caravanhub.message;

import java.time.Instant;

/**
 * Bytes that arrived on a topic.
 *
 * @param topic the MQTT topic, or {@code http/ingest/DEVICE} for what came in by HTTP
 * @param payload the bytes as sent; if {@link #isTruncated()}, only their beginning. Not copied: nobody may change it
 * @param receivedAt when the hub got it, by the hub's clock
 * @param retained true if the broker kept it from earlier, so that it may be old
 * @param repeated true if the broker marks it as delivered before (MQTT's DUP flag)
 * @param size how many bytes were sent; more than {@code payload.length} if the rest was cut off
 */
@SuppressWarnings(
        "ArrayRecordComponent") // a message is compared by nobody; copying every payload would cost the hot path
public record Message(String topic, byte[] payload, Instant receivedAt, boolean retained, boolean repeated, int size) {

    /** A message that arrived whole and for the first time. */
    public static Message of(String topic, byte[] payload, Instant receivedAt) {
        return new Message(topic, payload, receivedAt, false, false, payload.length);
    }

    /** Whether it was larger than the hub takes, and only its beginning is here. */
    public boolean isTruncated() {
        return size > payload.length;
    }

    @Override
    public String toString() {
        return "Message[" + topic + ", " + size + " bytes, " + receivedAt + "]";
    }
}
