package org.caravanhub.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.caravanhub.ota.Artifact;
import org.caravanhub.ota.Decision;
import org.caravanhub.ota.Inquiry;
import org.caravanhub.ota.Offers;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.Releases;
import org.caravanhub.ota.UpdateReport;

/** Releases in memory with real files, and offers that a test decides. */
public final class TestFirmware implements Releases, Offers {
    /** When everything was published. */
    public static final Instant PUBLISHED = Instant.parse("2026-06-01T12:00:00.250Z");

    private final Path folder;
    private final List<Release> all = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong();

    /** What devices are offered, by id. */
    public final Map<String, Release> offered = new ConcurrentHashMap<>();

    /** What was asked. */
    public final List<Inquiry> inquiries = new CopyOnWriteArrayList<>();
    /** What was told. */
    public final List<UpdateReport> reports = new CopyOnWriteArrayList<>();
    /** Which devices were seen to run something: {@code id version}. */
    public final List<String> seen = new CopyOnWriteArrayList<>();

    /** Whose files were found to be damaged. */
    public final List<Release> changed = new CopyOnWriteArrayList<>();

    TestFirmware(Path folder) {
        this.folder = folder;
    }

    /** Bytes that begin like an image, others for each seed. */
    public static byte[] image(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        bytes[0] = (byte) 0xE9;
        return bytes;
    }

    /** Publishes these bytes for an ESP32. */
    public Release publish(String model, String version, byte[] bytes) {
        return publish(model, version, bytes, "esp32");
    }

    /** Publishes these bytes. */
    public Release publish(String model, String version, byte[] bytes, String kind) {
        String sha256 = hash("SHA-256", bytes);
        Artifact artifact = new Artifact(
                bytes.length,
                sha256,
                hash("MD5", bytes),
                kind,
                "ESP32",
                "",
                "",
                "",
                HexFormat.of().formatHex(Arrays.copyOfRange(bytes, Math.max(0, bytes.length - 32), bytes.length)));
        long id = ids.incrementAndGet();
        String key = hash("MD5", (sha256 + id).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Release release = new Release(id, model, version, artifact, key, "", "", "", "", PUBLISHED, "admin");
        try {
            Files.createDirectories(folder);
            Files.write(file(release), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        all.add(release);
        return release;
    }

    /** It is not there any more, nor its file. */
    public void remove(Release release) throws IOException {
        all.remove(release);
        Files.delete(file(release));
    }

    @Override
    public Optional<Release> find(long id) {
        return all.stream().filter(release -> release.id() == id).findFirst();
    }

    @Override
    public Optional<Release> find(String model, String version) {
        return ofVersion(version).stream()
                .filter(release -> release.model().equals(model))
                .findFirst();
    }

    @Override
    public Optional<Release> ofKey(String key) {
        return all.stream().filter(release -> release.key().equals(key)).findFirst();
    }

    @Override
    public List<Release> ofModel(String model) {
        return all.stream().filter(release -> release.model().equals(model)).toList();
    }

    @Override
    public List<Release> ofVersion(String version) {
        return all.stream().filter(release -> release.version().equals(version)).toList();
    }

    @Override
    public Path file(Release release) {
        return folder.resolve(release.artifact().sha256() + ".bin");
    }

    @Override
    public Decision decide(Inquiry inquiry) {
        inquiries.add(inquiry);
        return Optional.ofNullable(offered.get(inquiry.device()))
                .<Decision>map(release -> new Decision.Offer(release, "test", Optional.of(release)))
                .orElseGet(() -> new Decision.Nothing(
                        Decision.Why.NO_ROLLOUT, "Nothing is being rolled out.", Optional.empty()));
    }

    @Override
    public Optional<Release> meantFor(String device) {
        return Optional.ofNullable(offered.get(device));
    }

    @Override
    public void report(UpdateReport report) {
        reports.add(report);
    }

    @Override
    public void seen(String device, String version, Instant at) {
        seen.add(device + " " + version);
    }

    static String hash(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
