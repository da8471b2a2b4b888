package org.caravanhub.access;

import java.time.Duration;
import java.util.Optional;
import org.caravanhub.mqtt.Door;
import org.caravanhub.mqtt.TrialLogin;

/**
 * Proves that a new account works, by signing in with it as the device would. Only where the password is at hand in clear, when it is
 * made. Safe for use by many threads; each call has a connection of its own and leaves no session behind.
 */
public final class LoginProof {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration ONE_TRY = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Where somebody else makes the accounts, there is nothing to prove. */
    public static final LoginProof NONE = new LoginProof(Optional.empty());

    private final Optional<Door> door;

    private LoginProof(Optional<Door> door) {
        this.door = door;
    }

    /** @param door where devices connect; its user does not matter */
    public LoginProof(Door door) {
        this(Optional.of(door));
    }

    /**
     * What came of it.
     *
     * @param verified whether the broker let the device in
     * @param why not; empty if it did
     */
    public record Outcome(boolean verified, String why) {}

    /** Tries until the broker lets it in, at most 2 seconds: a broker takes a moment to hear of a new account. */
    public Outcome of(String user, String secret) {
        return door.map(way -> knock(way.as(user, secret), user))
                .orElseGet(() -> new Outcome(
                        false, "the hub does not manage the accounts of the broker elsewhere: make one there"));
    }

    private static Outcome knock(Door device, String user) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<String> refusal;
        do {
            refusal = TrialLogin.refusal(device, Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        } while (refusal.isPresent() && waited(deadline));
        return new Outcome(
                refusal.isEmpty(),
                refusal.map(why -> "signing in as " + user + " failed: " + why).orElse(""));
    }

    private static boolean waited(long deadline) {
        // One more try needs time for an answer, or the reason would be that there was none.
        if (System.nanoTime() + ONE_TRY.toNanos() >= deadline) {
            return false;
        }
        try {
            Thread.sleep(PAUSE.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
