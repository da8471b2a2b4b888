package org.caravanhub.command;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How commands for the homelab are signed: HMAC-SHA256 with 32 bytes that the gateway knows too, in hex. */
final class Signature {
    private static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /** The signature of a text. */
    static String of(byte[] secret, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }

    /**
     * The secret of a gateway.
     *
     * @param secrets the hub's secrets by name; throws {@link IllegalArgumentException} saying what to do if there is none
     */
    static byte[] secret(String gateway, UnaryOperator<String> secrets) {
        String name = "command-" + gateway.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
        String text;
        try {
            text = secrets.apply(name);
        } catch (IllegalArgumentException e) {
            throw new NoWay("Commands for the homelab are signed, and the secret of " + gateway + " cannot be used: "
                    + e.getMessage() + ". Make one: openssl rand -hex 32");
        }
        if (text.matches("[0-9a-fA-F]{" + 2 * BYTES + "}")) {
            return HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT));
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length != BYTES) {
            throw new NoWay("The secret " + name + " is " + bytes.length
                    + " bytes long. It must be 32, or 64 digits of hex: openssl rand -hex 32");
        }
        return bytes;
    }
}
