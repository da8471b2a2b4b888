package org.caravanhub.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.caravanhub.http.ReadingJson;
import org.caravanhub.reading.Reading;

/** As many readings as one request takes. */
final class ImportPart {
    private static final int MOST_LINES = 1000;
    private static final int MOST_BYTES = 255 * 1024;
    private static final JsonFactory FACTORY = new JsonFactory();

    private final ByteArrayOutputStream lines = new ByteArrayOutputStream(MOST_BYTES);
    private int count;

    /** Adds the reading; false if there is no room for it, and the part has to be sent first. */
    boolean takes(Reading reading) throws IOException {
        byte[] line = line(reading);
        if (count > 0 && (count == MOST_LINES || lines.size() + line.length + 1 > MOST_BYTES)) {
            return false;
        }
        lines.writeBytes(line);
        lines.write('\n');
        count++;
        return true;
    }

    /** Sends what it has and is empty then; the answer is the hub's receipt. */
    Json send(HubClient hub) throws IOException {
        if (count == 0) {
            return Json.parse(new byte[] {'{', '}'});
        }
        Json receipt = hub.post("/api/v1/readings", "application/x-ndjson", lines.toByteArray());
        lines.reset();
        count = 0;
        return receipt;
    }

    /** Line ends can only stand between the values of a device's JSON, where they are space. */
    private static byte[] line(Reading reading) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            ReadingJson.write(json, reading);
        }
        byte[] line = out.toByteArray();
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '\n' || line[i] == '\r') {
                line[i] = ' ';
            }
        }
        return line;
    }
}
