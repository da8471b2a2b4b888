package org.caravanhub.text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * All the ways in which one secret is written: as it is, and as addresses, JSON, YAML, properties files, XML, hexadecimal and Base64 write it.
 *
 * @param texts each of which is the secret
 * @param cores what stands in Base64 wherever the secret is within, alone or in {@code user:password}; more of the same run belongs to it
 * @param isAddress whether it is a whole address: others begin like it
 */
record Writings(Set<String> texts, Set<String> cores, boolean isAddress) {
    /** A shorter one stands in too much that is no secret. */
    private static final int SHORTEST_CORE = 6;

    /** Of a secret of this length, its beginning alone is known again: messages are cut. */
    private static final int LONG = 24;

    private static final int BEGINNING = 16;

    static Writings of(String secret) {
        Set<String> texts = new LinkedHashSet<>();
        texts.add(secret);
        texts.add(Plain.line(secret));
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        texts.add(url);
        texts.add(url.replace("+", "%20"));
        texts.add(likePaths(url.replace("+", "%20")));
        texts.add(lowerHex(url));
        texts.add(lowerHex(url.replace("+", "%20")));
        texts.add(URLEncoder.encode(url, StandardCharsets.UTF_8));
        String json = secret.replace("\\", "\\\\").replace("\"", "\\\"");
        texts.add(json);
        texts.add(json.replace("/", "\\/"));
        texts.add(beyondAscii(json, true));
        texts.add(beyondAscii(json, false));
        texts.add(json.replace("\\", "\\\\").replace("\"", "\\\""));
        texts.add(secret.replace("\"", "\\\""));
        texts.add(secret.replace("\\", "\\\\"));
        texts.add(secret.replace("'", "''"));
        texts.add(secret.replace("'", "\\'"));
        texts.add(secret.replace("'", "'\\''"));
        texts.add(properties(secret));
        texts.add(beyondAscii(properties(secret), true));
        texts.add(beyondAscii(properties(secret), false));
        String xml = secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        texts.add(xml);
        texts.add(xml.replace("\"", "&quot;"));
        texts.add(xml.replace("\"", "&quot;").replace("'", "&apos;"));
        texts.add(xml.replace("\"", "&quot;").replace("'", "&#39;"));
        texts.add(xml.replace("\"", "&#34;").replace("'", "&#39;"));
        texts.add(secret.replaceAll("[^\\x00-\\x7f]", "?"));
        texts.add(secret.replaceAll("[^\\x00-\\x7f]", "\ufffd"));
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        texts.add(HexFormat.of().formatHex(bytes));
        texts.add(HexFormat.of().withUpperCase().formatHex(bytes));
        texts.removeIf(text -> text.length() < Hidden.SHORTEST);
        return new Writings(texts, cores(bytes), secret.contains("://"));
    }

    /** How many of its first characters are enough to know a writing again. */
    int sure(String writing) {
        return isAddress || writing.length() < LONG ? writing.length() : BEGINNING;
    }

    /** Base64 takes three bytes at a time, so there are three ways to stand in it; the letters at the ends hold neighbours' bits too. */
    private static Set<String> cores(byte[] secret) {
        Set<String> cores = new LinkedHashSet<>();
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + secret.length];
            System.arraycopy(secret, 0, shifted, before, secret.length);
            String coded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            int from = (before * 8 + 5) / 6;
            int to = shifted.length * 8 / 6;
            if (to - from >= SHORTEST_CORE) {
                String core = coded.substring(from, to);
                cores.add(core);
                cores.add(core.replace('+', '-').replace('/', '_'));
            }
        }
        return cores;
    }

    /** What is allowed in a path or a query as it is. */
    private static String likePaths(String encoded) {
        return encoded.replace("%21", "!")
                .replace("%27", "'")
                .replace("%28", "(")
                .replace("%29", ")")
                .replace("%7E", "~")
                .replace("%24", "$")
                .replace("%2C", ",")
                .replace("%3B", ";")
                .replace("%3A", ":")
                .replace("%40", "@");
    }

    private static String lowerHex(String encoded) {
        StringBuilder text = new StringBuilder(encoded);
        for (int i = text.indexOf("%"); i >= 0 && i + 3 <= text.length(); i = text.indexOf("%", i + 1)) {
            text.replace(i + 1, i + 3, text.substring(i + 1, i + 3).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }

    private static String properties(String secret) {
        return secret.replace("\\", "\\\\")
                .replace("=", "\\=")
                .replace(":", "\\:")
                .replace("#", "\\#")
                .replace("!", "\\!")
                .replace(" ", "\\ ");
    }

    private static String beyondAscii(String text, boolean upper) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each > '~' || each < ' ') {
                String hex = Integer.toHexString(0x10000 | each).substring(1);
                escaped.append("\\u").append(upper ? hex.toUpperCase(Locale.ROOT) : hex);
            } else {
                escaped.append(each);
            }
        }
        return escaped.toString();
    }
}
