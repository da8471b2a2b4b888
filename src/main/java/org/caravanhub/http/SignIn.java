package org.caravanhub.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Tells who sends a request from its {@code Authorization}. Safe for use by many threads. */
public final class SignIn {
    private final AdminToken token;
    private final Credentials devices;

    /** Sign-in with the admin token and the devices' own credentials. */
    public SignIn(AdminToken token, Credentials devices) {
        this.token = token;
        this.devices = devices;
    }

    /**
     * Who this is; nobody, if the credential is wrong or cannot be read.
     *
     * @param authorization the header as sent
     * @param withPassword whether {@code Basic} is accepted here
     */
    Principal principal(String authorization, boolean withPassword) {
        Optional<String> bearer = after("Bearer ", authorization);
        if (bearer.isPresent()) {
            return token.matches(bearer.get()) ? Principal.ADMIN : Principal.NOBODY;
        }
        return withPassword
                ? after("Basic ", authorization).map(this::basic).orElse(Principal.NOBODY)
                : Principal.NOBODY;
    }

    private Principal basic(String encoded) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Principal.NOBODY;
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return Principal.NOBODY;
        }
        String user = pair.substring(0, colon);
        String password = pair.substring(colon + 1);
        if (user.equals(Principal.ADMIN_NAME)) {
            return token.matches(password) ? Principal.ADMIN : Principal.NOBODY;
        }
        return devices.verify(user, password) ? Principal.device(user) : Principal.NOBODY;
    }

    private static Optional<String> after(String scheme, String authorization) {
        return authorization.regionMatches(true, 0, scheme, 0, scheme.length())
                ? Optional.of(authorization.substring(scheme.length()).strip())
                : Optional.empty();
    }
}
