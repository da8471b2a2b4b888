package org.caravanhub.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an emulated device runs, and how it is updated: it asks the hub over HTTP like any device of the field, fetches the image, looks whether
 * it is what was promised, and starts anew with it. The water tank has a weak power supply: after a moment it comes back with what it had. Used by
 * one thread.
 */
final class DemoFirmware {
    /** The model of all of them. */
    static final String MODEL = "demo-node";

    /** How long it is away when it starts anew. */
    static final Duration RESTART = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(DemoFirmware.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final int MILLIS = 5_000;
    private static final String FIRST = "1.0.0";
    private static final String NEXT = "1.1.0";
    private static final int SIZE = 64 * 1024;
    /** Comes back with what it had, soon after it runs something new. */
    private static final String UNLUCKY = "demo-water-tank";

    private final Path folder;
    private final Credential credential;
    private final String hub;
    private final Clock clock;
    private String version = FIRST;
    private String before = "";
    private boolean isRead;
    private Instant startedAt;
    private Instant due;

    DemoFirmware(Path folder, Credential credential, int httpPort, Clock clock) {
        this.folder = folder;
        this.credential = credential;
        this.hub = "http://127.0.0.1:" + httpPort;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.due = startedAt.plus(PERIOD);
    }

    /** What it says of itself. */
    String status() {
        read();
        long uptime = Math.max(0, Duration.between(startedAt, clock.instant()).toSeconds());
        return "{\"state\":\"online\",\"uptime_s\":" + uptime + ",\"firmware\":\"" + version + "\",\"model\":\"" + MODEL
                + "\"}";
    }

    /** Whether it should ask again. */
    boolean isDue(Instant now) {
        return !now.isBefore(due);
    }

    /** Asks, and does what it is told; true if it starts anew now. */
    boolean update(Instant now) {
        due = now.plus(PERIOD);
        if (!before.isEmpty()) {
            version = before;
            before = "";
            return startsAnew(now);
        }
        try {
            JsonNode check = JSON.readTree(get("/api/firmware/check?device_id=" + credential.device() + "&device_model="
                    + MODEL + "&current_version=" + encoded(version)));
            if (!check.path("update_available").asBoolean()) {
                return false;
            }
            String next = check.path("latest_version").asText();
            tell(next, "downloading", 0);
            byte[] image = get(check.path("download_url").asText());
            tell(next, "downloading", 100);
            if (!sha256(image).equals(check.path("checksum_sha256").asText())) {
                tell(next, "failed", 0);
                return false;
            }
            tell(next, "installing", 100);
            if (credential.device().equals(UNLUCKY)) {
                before = version;
            } else {
                Files.writeString(folder.resolve(credential.device() + ".version"), next);
            }
            version = next;
            return startsAnew(now);
        } catch (IOException e) {
            LOG.debug("demo device={} reason=\"{}\"", credential.device(), e.getMessage());
            return false;
        }
    }

    private boolean startsAnew(Instant now) {
        startedAt = now.plus(RESTART);
        due = startedAt.plus(PERIOD);
        return true;
    }

    /** What it ran when the demo ended, and an image to try an update with. */
    private void read() {
        if (isRead) {
            return;
        }
        isRead = true;
        try {
            Files.createDirectories(folder);
            Path known = folder.resolve(credential.device() + ".version");
            version = Files.exists(known) ? Files.readString(known).strip() : FIRST;
            Path image = folder.resolve(MODEL + "-" + NEXT + ".bin");
            if (Files.notExists(image)) {
                Path part = folder.resolve(credential.device() + ".part");
                Files.write(part, DemoImage.of(MODEL, NEXT, SIZE));
                Files.move(part, image, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            LOG.warn("demo device={} reason=\"{}\"", credential.device(), e.getMessage());
        }
    }

    private byte[] get(String path) throws IOException {
        HttpURLConnection connection = open(path);
        try (InputStream body = connection.getInputStream()) {
            return body.readAllBytes();
        }
    }

    private void tell(String about, String stage, int percent) throws IOException {
        HttpURLConnection connection = open("/api/device/" + credential.device() + "/update-status");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        String body = "{\"device_id\":\"" + credential.device() + "\",\"firmware_version\":\"" + about
                + "\",\"status\":\"" + stage + "\",\"progress_percent\":" + percent + "}";
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        connection.getResponseCode();
        connection.disconnect();
    }

    private HttpURLConnection open(String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(hub).resolve(path).toURL().openConnection();
        connection.setConnectTimeout(MILLIS);
        connection.setReadTimeout(MILLIS);
        String user = credential.device() + ":" + credential.password();
        connection.setRequestProperty(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
        return connection;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
