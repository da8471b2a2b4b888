package org.caravanhub.broker.dynsec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.caravanhub.broker.OwnerOnlyFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passwords of devices in clear, so that a Mosquitto that lost its accounts can be given them again: its plugin takes no hashes. Kept
 * in {@code DIR/broker/device-secrets}, encrypted with the key in {@code device-secrets.key} beside it, both 0600: whoever gets one of
 * the files has nothing, whoever can read both as the hub's user has all. Safe for use by many threads.
 */
final class DeviceSecrets {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceSecrets.class);
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    /** In Base64, and the end of the line. */
    private static final int KEY_FILE_BYTES = 45;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** @param fingerprint of the hash that it belongs to */
    private record Secret(String fingerprint, String text) {
        @Override
        public String toString() {
            return "Secret";
        }
    }

    private final Path directory;
    private final Map<String, Secret> secrets = new ConcurrentHashMap<>();

    private DeviceSecrets(Path directory) {
        this.directory = directory;
    }

    /** Reads what is kept there. What cannot be read is told in the log and counts as nothing. */
    static DeviceSecrets in(Path directory) {
        DeviceSecrets secrets = new DeviceSecrets(directory);
        try {
            if (Files.exists(secrets.file())) {
                secrets.read(secrets.decrypt(Files.readString(secrets.file())));
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            LOG.warn(
                    "dynsec file={} state=unreadable reason=\"{}\" consequence=\"a Mosquitto that loses its accounts gets"
                            + " back only those whose passwords are made anew\"",
                    secrets.file(),
                    e.getClass().getSimpleName());
        }
        return secrets;
    }

    /** The password that belongs to this fingerprint, if it is known. */
    Optional<String> find(String user, String fingerprint) {
        return Optional.ofNullable(secrets.get(user))
                .filter(secret -> secret.fingerprint().equals(fingerprint))
                .map(Secret::text);
    }

    /**
     * Keeps those of the wanted devices and no others.
     *
     * @param resting users who may be wanted again
     * @param news by user name; those that are not a device's password are left out
     */
    synchronized void keep(Wanted wanted, Set<String> resting, Map<String, String> news) {
        Map<String, Secret> before = Map.copyOf(secrets);
        news.forEach((user, text) -> {
            Wanted.Device device = wanted.devices().get(user);
            if (device != null && device.password().matches(text)) {
                secrets.put(user, new Secret(device.fingerprint(), text));
            }
        });
        secrets.keySet().removeIf(user -> !wanted.devices().containsKey(user) && !resting.contains(user));
        if (!secrets.equals(before)) {
            write();
        }
    }

    private Path file() {
        return directory.resolve("device-secrets");
    }

    private void read(String lines) {
        lines.lines().forEach(line -> {
            String[] parts = line.split("\t", -1);
            if (parts.length == 3) {
                secrets.put(
                        parts[0],
                        new Secret(parts[1], new String(Base64.getDecoder().decode(parts[2]), UTF_8)));
            }
        });
    }

    private void write() {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(new HashMap<>(secrets)).forEach((user, secret) -> lines.append(user)
                .append('\t')
                .append(secret.fingerprint())
                .append('\t')
                .append(Base64.getEncoder().encodeToString(secret.text().getBytes(UTF_8)))
                .append('\n'));
        OwnerOnlyFile.makeDirectory(directory);
        try {
            OwnerOnlyFile.write(file(), encrypt(lines.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + CIPHER, e);
        }
    }

    private String encrypt(String text) throws GeneralSecurityException, IOException {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(Cipher.ENCRYPT_MODE, key(), new GCMParameterSpec(TAG_BITS, nonce));
        byte[] sealed = cipher.doFinal(text.getBytes(UTF_8));
        Base64.Encoder base64 = Base64.getEncoder();
        return base64.encodeToString(nonce) + "\n" + base64.encodeToString(sealed) + "\n";
    }

    private String decrypt(String file) throws GeneralSecurityException, IOException {
        String[] lines = file.split("\n", -1);
        if (lines.length < 2) {
            throw new IOException("it has not two lines");
        }
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(
                Cipher.DECRYPT_MODE,
                key(),
                new GCMParameterSpec(TAG_BITS, Base64.getDecoder().decode(lines[0])));
        return new String(cipher.doFinal(Base64.getDecoder().decode(lines[1])), UTF_8);
    }

    private SecretKeySpec key() throws IOException {
        Path file = directory.resolve("device-secrets.key");
        if (!Files.exists(file) || Files.size(file) != KEY_FILE_BYTES) {
            byte[] made = new byte[KEY_BYTES];
            RANDOM.nextBytes(made);
            OwnerOnlyFile.write(file, Base64.getEncoder().encodeToString(made) + "\n");
        }
        return new SecretKeySpec(
                Base64.getDecoder().decode(Files.readString(file).strip()), "AES");
    }
}
