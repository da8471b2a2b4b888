package org.caravanhub.ecoflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a question is signed: its parameters in the order of ASCII, as they are and not as a URL writes them, then access key, nonce and
 * time, all under HMAC-SHA256 with the secret key.
 */
final class Signature {
    private static final String METHOD = "HmacSHA256";

    private Signature() {}

    /**
     * The signature in small hexadecimal digits.
     *
     * @param parameters of the query, or the {@linkplain #flat flattened} body
     * @param nonce six digits, never the same again
     * @param millis UTC milliseconds; the cloud refuses what is far from its own clock
     */
    static String of(Map<String, String> parameters, Keys keys, String nonce, long millis) {
        String said = text(parameters);
        String signed = said + (said.isEmpty() ? "" : "&") + "accessKey=" + keys.access() + "&nonce=" + nonce
                + "&timestamp=" + millis;
        try {
            Mac mac = Mac.getInstance(METHOD);
            mac.init(new SecretKeySpec(keys.secret().getBytes(StandardCharsets.UTF_8), METHOD));
            return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + METHOD, e);
        }
    }

    /** The parameters as they are signed: {@code params.cmdSet=11&sn=123}. */
    static String text(Map<String, String> parameters) {
        return new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining("&"));
    }

    /** Every value of a JSON text by where it stands: {@code deviceList[0].id}. */
    static SortedMap<String, String> flat(JsonNode body) {
        SortedMap<String, String> all = new TreeMap<>();
        flatten("", body, all);
        return all;
    }

    private static void flatten(String place, JsonNode node, SortedMap<String, String> all) {
        if (node.isObject()) {
            node.properties()
                    .forEach(each -> flatten(
                            place.isEmpty() ? each.getKey() : place + "." + each.getKey(), each.getValue(), all));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(place + "[" + i + "]", node.get(i), all);
            }
        } else {
            all.put(place, node.asText());
        }
    }
}
