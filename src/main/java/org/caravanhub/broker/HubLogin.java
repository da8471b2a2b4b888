package org.caravanhub.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * How the hub signs in to its own broker. Made at the first start and kept in {@code DIR/broker/hub}, mode 0600, three
 * lines. It must not change: Mosquitto drops what waits for a session whose password is another since its last
 * connection, as soon as it reads its files again.
 *
 * @param secret the password
 * @param password what the broker keeps of it
 * @param clientIdPrefix what the hub's client ids begin with. It holds random characters: who knows a client id, and has
 *     any account, can take over its queue
 */
public record HubLogin(String secret, PasswordHash password, String clientIdPrefix) {
    /** The hub's user name. No device can have it while the hub uses it. */
    public static final String USER = "caravan-hub";

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Reads the file, or makes it.
     *
     * @param directory the broker's directory
     * @throws UncheckedIOException if the file cannot be read or written, or is damaged
     */
    public static HubLogin load(Path directory) {
        Path file = directory.resolve("hub");
        try {
            if (Files.exists(file)) {
                List<String> lines = Files.readAllLines(file);
                if (lines.size() != 3) {
                    throw new IOException("it has not three lines; delete it, and it is made anew");
                }
                return new HubLogin(lines.get(0), PasswordHash.parse(lines.get(1)), lines.get(2));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new UncheckedIOException(
                    "Cannot read " + file + ", the hub's login to its broker", new IOException(e.getMessage()));
        }
        String secret = random(24);
        HubLogin made = new HubLogin(secret, PasswordHash.of(secret), Account.HUB_CLIENT_PREFIX + random(9) + "-");
        OwnerOnlyFile.makeDirectory(directory);
        OwnerOnlyFile.write(file, secret + "\n" + made.password.text() + "\n" + made.clientIdPrefix + "\n");
        return made;
    }

    /** The account to give to the broker. */
    public Account account() {
        return Account.hub(USER, password);
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "HubLogin[" + USER + "]";
    }
}
