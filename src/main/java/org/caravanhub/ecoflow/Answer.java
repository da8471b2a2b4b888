package org.caravanhub.ecoflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;

/**
 * What the cloud said. It says {@code 200} to everything and means the code in the text.
 *
 * @param code {@code 0} for success; a word in digits
 * @param message what it says to the code
 * @param data missing if there is none
 */
record Answer(String code, String message, JsonNode data) {
    /** A large station says some 20 kB. */
    static final int MOST_BYTES = 1 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    static {
        JSON.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(32)
                        .maxNumberLength(64)
                        .maxStringLength(64 * 1024)
                        .build());
    }

    /**
     * Reads a body to its end, but not more than a megabyte, and closes it.
     *
     * @throws NoAnswer if it is too long, ends too early, or is none of EcoFlow's answers
     */
    static Answer read(InputStream body) throws NoAnswer {
        byte[] bytes;
        try (body) {
            bytes = body.readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw new NoAnswer(Trouble.passing("", "the answer broke off: " + NoAnswer.line(e)));
        }
        if (bytes.length > MOST_BYTES) {
            throw new NoAnswer(Trouble.passing("", "the answer is larger than 1 MB"));
        }
        JsonNode envelope = json(bytes);
        if (!envelope.isObject() || !envelope.has("code")) {
            throw new NoAnswer(notEcoFlow(bytes));
        }
        JsonNode data = envelope.path("data");
        return new Answer(
                envelope.path("code").asText(),
                envelope.path("message").asText(),
                data.isNull() ? MissingNode.getInstance() : data);
    }

    private static JsonNode json(byte[] bytes) throws NoAnswer {
        try {
            JsonNode read = JSON.readTree(bytes);
            return read == null ? MissingNode.getInstance() : read;
        } catch (JsonProcessingException e) {
            throw new NoAnswer(notEcoFlow(bytes));
        } catch (IOException e) {
            throw new NoAnswer(Trouble.passing("", "the answer cannot be read: " + NoAnswer.line(e)));
        }
    }

    private static Trouble notEcoFlow(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, 512), java.nio.charset.StandardCharsets.UTF_8)
                .stripLeading();
        return start.startsWith("<")
                ? Trouble.passing(
                        "", "a web page came instead of EcoFlow's answer; perhaps the network wants to be signed in at")
                : Trouble.passing("", "the answer is not one of EcoFlow's");
    }
}
