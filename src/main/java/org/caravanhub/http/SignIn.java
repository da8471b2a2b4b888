package org.caravanhub.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Tells who sends a request from its {@code Authorization}. Who is wrong too often is told to wait; credentials that were right lately are
 * let in all the same, so that nobody is kept out by a neighbour who guesses. Safe for use by many threads.
 */
public final class SignIn {
    /** Wrong ones a minute, from one address for one user. */
    private static final int OF_USER = 30;

    /** Wrong ones a minute, from one address for all users: more would cost a small computer its time. */
    private static final int OF_ADDRESS = 120;

    private static final int REMEMBERED = 500;

    private final AdminToken token;
    private final Credentials devices;
    private final Firmware firmware;
    private final Attempts ofUser = new Attempts(OF_USER);
    private final Attempts ofAddress = new Attempts(OF_ADDRESS);

    /** Pairs of user and password that were right lately. They are not believed, but asked about out of turn. */
    private final Map<Fingerprint, Boolean> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Fingerprint, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * What is asked of those who fetch firmware or publish it.
     *
     * @param key what {@code X-API-Key} must say; empty if that is not set up
     * @param isOpen whether nobody has to sign in to ask for firmware
     */
    public record Firmware(String key, boolean isOpen) {
        /** No key, and nothing without a credential. */
        public static final Firmware CLOSED = new Firmware("", false);

        @Override
        public String toString() {
            return "Firmware[isOpen=" + isOpen + "]";
        }
    }

    /** Sign-in with the admin token and the devices' own credentials. */
    public SignIn(AdminToken token, Credentials devices, Firmware firmware) {
        this.token = token;
        this.devices = devices;
        this.firmware = firmware;
    }

    /** Whether nobody has to sign in for what is opened by this word of the contract. */
    boolean isOpen(String openBy) {
        return openBy.equals("anyone") || (openBy.equals("firmware") && firmware.isOpen());
    }

    /**
     * The publisher, whose key this is.
     *
     * @param key as sent; empty if none was
     * @param address where it comes from
     * @throws Problem in the words of the service that had these paths before: 503 if no key is set up, 401 if it is another
     */
    Principal publisher(String key, String address) {
        if (firmware.key().isEmpty()) {
            throw Problem.of(ProblemCode.API_KEY_UNSET, "API key not configured");
        }
        checkAttempts(address, "");
        if (Fingerprint.of(firmware.key()).matches(Fingerprint.of(key))) {
            return Principal.PUBLISHER;
        }
        if (!key.isEmpty()) {
            wrong(address, "");
        }
        throw Problem.of(ProblemCode.UNAUTHORIZED, "Invalid API key");
    }

    /**
     * Who this is; nobody, if the credential is wrong or cannot be read.
     *
     * @param authorization the header as sent
     * @param withPassword whether {@code Basic} is accepted here
     * @param address where it comes from
     * @throws Problem if too many from there were wrong
     */
    Principal principal(String authorization, boolean withPassword, String address) {
        Optional<String> bearer = after("Bearer ", authorization);
        if (bearer.isPresent()) {
            return token.matches(bearer.get()) ? Principal.ADMIN : wrong(address, "");
        }
        return withPassword
                ? after("Basic ", authorization)
                        .map(pair -> basic(pair, address))
                        .orElse(Principal.NOBODY)
                : Principal.NOBODY;
    }

    private Principal basic(String encoded, String address) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return wrong(address, "");
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return wrong(address, "");
        }
        String user = pair.substring(0, colon);
        String password = pair.substring(colon + 1);
        if (user.equals(Principal.ADMIN_NAME)) {
            return token.matches(password) ? Principal.ADMIN : wrong(address, user);
        }
        return device(user, password, Fingerprint.of(pair), address);
    }

    private Principal device(String user, String password, Fingerprint pair, String address) {
        boolean wasRight;
        synchronized (known) {
            wasRight = known.containsKey(pair);
        }
        if (!wasRight) {
            checkAttempts(address, user);
        }
        Optional<String> device = devices.device(user, password);
        synchronized (known) {
            if (device.isPresent()) {
                known.put(pair, true);
            } else {
                known.remove(pair);
            }
        }
        return device.map(Principal::device).orElseGet(() -> wrong(address, user));
    }

    private Principal wrong(String address, String user) {
        checkAttempts(address, user);
        long now = System.nanoTime();
        ofUser.failed(key(address, user), now);
        ofAddress.failed(address, now);
        return Principal.NOBODY;
    }

    private void checkAttempts(String address, String user) {
        long now = System.nanoTime();
        OptionalInt pause = ofUser.pause(key(address, user), now);
        if (pause.isEmpty()) {
            pause = ofAddress.pause(address, now);
        }
        if (pause.isPresent()) {
            throw Problem.retry(
                    ProblemCode.TOO_MANY_ATTEMPTS,
                    "Too many wrong credentials came from " + address + ". Correct the credential, and try again after "
                            + pause.getAsInt() + " s.",
                    pause.getAsInt());
        }
    }

    private static String key(String address, String user) {
        return address + ' ' + (user.length() > 100 ? user.substring(0, 100) : user);
    }

    private static Optional<String> after(String scheme, String authorization) {
        return authorization.regionMatches(true, 0, scheme, 0, scheme.length())
                ? Optional.of(authorization.substring(scheme.length()).strip())
                : Optional.empty();
    }
}
