package org.caravanhub.http;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * One event of the stream.
 *
 * @param number its place in its channel
 * @param topic {@code reading}, {@code quarantine}, {@code health}, {@code notice} or {@code flow}
 * @param device whose it is; empty if it is about no device
 * @param text the event as it is sent
 */
record Event(long number, String topic, String device, Buffer text) {
    static Event of(String idPrefix, long number, String topic, String device, byte[] data) {
        return new Event(number, topic, device, text(idPrefix + number, topic, data));
    }

    /** An event in the form of the HTML standard; {@code data} is one line. */
    static Buffer text(String id, String topic, byte[] data) {
        return Buffer.buffer(data.length + 64)
                .appendBytes(("id: " + id + "\nevent: " + topic + "\ndata: ").getBytes(StandardCharsets.UTF_8))
                .appendBytes(data)
                .appendString("\n\n");
    }
}
