package org.caravanhub.ecoflow.fake;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;

/** Sends the right answer, or what a mood makes of it. */
final class Misbehaviour {
    private static final String JSON = "application/json";
    private static final byte[] BLANKS = " ".repeat(65_536).getBytes(StandardCharsets.US_ASCII);
    private static final long LATE_NANOS = 15_000_000_000L;
    private static final long FOR_EVER_NANOS = 3_600_000_000_000L;

    private Misbehaviour() {}

    /**
     * Answers.
     *
     * @param right what would be right
     * @param elsewhere where {@link Mood#REDIRECT} leads to
     */
    static void send(HttpExchange to, Mood mood, String right, String elsewhere) throws IOException {
        switch (mood) {
            case WELL, OFFLINE, FROZEN, CROWD, HOSTILE_NAMES -> send(to, 200, JSON, right);
            case UNKNOWN_KEY -> send(to, 200, JSON, Answers.UNKNOWN_KEY);
            case WRONG_SIGNATURE -> send(to, 200, JSON, Answers.WRONG_SIGNATURE);
            case NOT_BOUND -> send(to, 200, JSON, Answers.NOT_BOUND);
            case OFFLINE_CODE -> send(to, 200, JSON, Answers.OFFLINE);
            case NO_DATA -> send(to, 200, JSON, Answers.success("null"));
            case EMPTY -> send(to, 200, JSON, Answers.success("{}"));
            case WRONG_TYPES -> send(to, 200, JSON, Answers.WRONG_TYPES);
            case ABSURD -> send(to, 200, JSON, Answers.ABSURD);
            case TOO_BUSY -> send(to, 200, JSON, Answers.TOO_BUSY);
            case TOO_MANY -> {
                to.getResponseHeaders().add("Retry-After", "1");
                send(to, 429, "text/plain", "slow down");
            }
            case INTERNAL_ERROR -> send(to, 503, "text/html", "<html>upstream</html>");
            case PORTAL ->
                send(to, 200, "text/html", "<!DOCTYPE html><html><body>Welcome to Camping WiFi</body></html>");
            case REDIRECT -> {
                to.getResponseHeaders().add("Location", elsewhere + "/login");
                send(to, 302, "text/html", "");
            }
            case BLACK_HOLE -> LockSupport.parkNanos(FOR_EVER_NANOS);
            case HANGS_UP -> {} // closed without a word
            case SLOW_HEADERS -> {
                LockSupport.parkNanos(LATE_NANOS);
                send(to, 200, JSON, right);
            }
            case SLOW_DRIP -> {
                to.sendResponseHeaders(200, 100_000);
                drip(to.getResponseBody());
            }
            case WRONG_LENGTH -> {
                byte[] bytes = right.getBytes(StandardCharsets.UTF_8);
                to.sendResponseHeaders(200, bytes.length + 100L);
                to.getResponseBody().write(bytes);
            }
            case GZIP -> sendCompressed(to, compressed(right.getBytes(StandardCharsets.UTF_8), 1), 0);
            case TRUNCATED_GZIP -> sendCompressed(to, compressed(right.getBytes(StandardCharsets.UTF_8), 1), 12);
            case GZIP_BOMB -> sendCompressed(to, compressed(BLANKS, 512), 0);
            case ENDLESS -> {
                to.sendResponseHeaders(200, 0);
                while (true) { // until it is cut off
                    to.getResponseBody().write(BLANKS);
                }
            }
            case HEADER_FLOOD -> {
                for (int i = 0; i < 20_000; i++) {
                    to.getResponseHeaders().add("X-Flood-" + i, "x".repeat(200));
                }
                send(to, 200, JSON, right);
            }
        }
    }

    private static byte[] compressed(byte[] part, int times) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < times; i++) {
                gzip.write(part);
            }
        }
        return bytes.toByteArray();
    }

    private static void sendCompressed(HttpExchange to, byte[] bytes, int missing) throws IOException {
        to.getResponseHeaders().add("Content-Encoding", "gzip");
        to.sendResponseHeaders(200, bytes.length - missing);
        to.getResponseBody().write(bytes, 0, bytes.length - missing);
    }

    /** A byte now and then, so that no single wait is long. */
    private static void drip(OutputStream out) throws IOException {
        for (int i = 0; i < 300; i++) {
            out.write(' ');
            out.flush();
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static void send(HttpExchange to, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.getResponseHeaders().add("Content-Type", type);
        to.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            to.getResponseBody().write(bytes);
        }
    }
}
