package org.caravanhub.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * What a route answers. Only what stands here leaves the hub: no header of the request is ever sent back.
 *
 * @param status the HTTP status
 * @param contentType the media type of the body
 * @param body bytes in hand, or a stream that is read as fast as the client takes it and then closed
 * @param headers further headers, by name
 */
public record Answer(int status, String contentType, InputStream body, Map<String, String> headers) {
    private static final String JSON = "application/json";

    /** 200 with this JSON. */
    public static Answer json(Json.Body body) {
        return json(200, body);
    }

    /** This status with this JSON. */
    public static Answer json(int status, Json.Body body) {
        return bytes(status, JSON, Json.of(body));
    }

    /** 200 with bytes of this type. */
    public static Answer bytes(String contentType, byte[] bytes) {
        return bytes(200, contentType, bytes);
    }

    /** 200 with a stream of this type, of any length. */
    public static Answer stream(String contentType, InputStream body, Map<String, String> headers) {
        return new Answer(200, contentType, body, headers);
    }

    /** The same, or 304 without a body if the client has it already, as it says in {@code If-None-Match}. */
    public Answer unlessKnown(Question question) {
        return tagged(question, Fingerprint.of(bytesInHand()).tag());
    }

    /** The same with this entity tag. */
    public Answer tagged(Question question, String tag) {
        byte[] bytes = bytesInHand();
        boolean known = question.knows(tag);
        return new Answer(
                known ? 304 : status,
                contentType,
                new ByteArrayInputStream(known ? new byte[0] : bytes),
                Map.of("ETag", tag, "Cache-Control", "private, no-cache"));
    }

    /** The same with a header. */
    public Answer with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, Map.copyOf(more));
    }

    /** The body, which was given as bytes. */
    byte[] bytesInHand() {
        if (body instanceof ByteArrayInputStream bytes) {
            byte[] all = bytes.readAllBytes();
            bytes.reset();
            return all;
        }
        throw new IllegalStateException("This answer is streamed");
    }

    boolean isStreamed() {
        return !(body instanceof ByteArrayInputStream);
    }

    private static Answer bytes(int status, String contentType, byte[] bytes) {
        return new Answer(status, contentType, new ByteArrayInputStream(bytes), Map.of());
    }
}
