package org.caravanhub.ecoflow.fake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.caravanhub.ecoflow.Keys;

/** Lets in who signs as EcoFlow's documentation says, each question once. Safe for several threads. */
final class FakeAccount {
    private static final long MOST_SKEW_MS = 300_000;
    private static final int MOST_REMEMBERED = 1_000;

    private final Keys keys;
    private final Map<String, Boolean> used = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };
    private volatile boolean isShort;

    FakeAccount(Keys keys) {
        this.keys = keys;
    }

    /** From now on the parameters are no part of what is signed. */
    void signedShort() {
        isShort = true;
    }

    /**
     * Why a question is refused.
     *
     * @param query as it stands in the address; empty for none
     * @param headers by name in small letters
     * @return the answer; empty if the question is right
     */
    Optional<String> refusal(String query, Map<String, String> headers) {
        if (!keys.access().equals(headers.get("accesskey"))) {
            return Optional.of(Answers.UNKNOWN_KEY);
        }
        boolean isRight =
                isFresh(headers) && signature(isShort ? "" : query, headers).equals(headers.get("sign"));
        return isRight ? Optional.empty() : Optional.of(Answers.WRONG_SIGNATURE);
    }

    private synchronized boolean isFresh(Map<String, String> headers) {
        String stamp = headers.getOrDefault("timestamp", "");
        boolean isNow = stamp.matches("[0-9]{13}")
                && Math.abs(System.currentTimeMillis() - Long.parseLong(stamp)) <= MOST_SKEW_MS;
        return isNow && used.put(stamp + headers.get("nonce"), true) == null;
    }

    /** Not with the hub's own code, which would only agree with itself. */
    private String signature(String query, Map<String, String> headers) {
        String sorted = Arrays.stream(query.split("&"))
                .filter(part -> !part.isEmpty())
                .sorted()
                .collect(Collectors.joining("&"));
        String text = sorted + (sorted.isEmpty() ? "" : "&") + "accessKey=" + headers.get("accesskey") + "&nonce="
                + headers.get("nonce") + "&timestamp=" + headers.get("timestamp");
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(keys.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }
}
