package org.caravanhub.api;

import java.nio.charset.StandardCharsets;
import org.caravanhub.http.Json;
import org.caravanhub.http.ReadingJson;
import org.caravanhub.reading.Reading;

/** One JSON object a line. A device's metrics may be written over several lines; those breaks are only spaces in JSON. */
final class NdjsonForm implements ReadingForm {
    @Override
    public String contentType() {
        return "application/x-ndjson";
    }

    @Override
    public String ending() {
        return "ndjson";
    }

    @Override
    public String head() {
        return "";
    }

    @Override
    public void append(Reading reading, StringBuilder text) {
        byte[] line = Json.of(json -> ReadingJson.write(json, reading));
        // Within strings JSON escapes line ends, so that these are between values.
        text.append(new String(line, StandardCharsets.UTF_8).replace('\n', ' ').replace('\r', ' '))
                .append('\n');
    }
}
