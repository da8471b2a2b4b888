package org.caravanhub.notice;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Something that the hub's owner should know.
 *
 * @param name what it is about, {@code [a-z0-9-]{1,64}}: {@code frost}
 * @param flow the flow that says it
 * @param title a line
 * @param text some lines
 * @param priority how soon somebody should look
 * @param device the device that it is about; empty if it is about none
 * @param time when it was said, by the hub's clock
 */
public record Notice(
        String name, String flow, String title, String text, Priority priority, String device, Instant time) {
    /** Writes it as fields of an object that was begun: name, flow, title, text, priority, device and time. */
    void writeFields(JsonGenerator json) throws IOException {
        json.writeStringField("name", name);
        json.writeStringField("flow", flow);
        json.writeStringField("title", title);
        json.writeStringField("text", text);
        json.writeStringField("priority", priority.word());
        json.writeStringField("device", device);
        json.writeStringField("time", time.truncatedTo(ChronoUnit.MILLIS).toString());
    }
}
