package org.caravanhub.rehearsal;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.util.URISupport;
import org.caravanhub.exchange.Shown;

/** Says what a step would do that reaches out of the process. */
final class Telling {
    private static final int LONGEST_BODY = 500;
    private static final Map<String, String> VERBS = Map.ofEntries(
            Map.entry("mqtt", "publish on"),
            Map.entry("http", "send to"),
            Map.entry("https", "send to"),
            Map.entry("jdbc", "run SQL in"),
            Map.entry("sql", "run"),
            Map.entry("file", "write to"),
            Map.entry("smtp", "mail by"),
            Map.entry("smtps", "mail by"),
            Map.entry("notify", "notify"),
            Map.entry("seda", "hand over to"));

    private final Shown shown;

    Telling(Shown shown) {
        this.shown = shown;
    }

    /** {@code would publish on van/fan: on}. */
    String of(String scheme, String remaining, String uri, Exchange exchange) {
        boolean isWeb = scheme.startsWith("http");
        String where = isWeb || !VERBS.containsKey(scheme) ? URISupport.sanitizeUri(uri) : remaining;
        String body = shown.body(exchange.getMessage().getBody());
        String cut = body.length() <= LONGEST_BODY ? body : body.substring(0, LONGEST_BODY - 1) + "…";
        return "would " + VERBS.getOrDefault(scheme, "send to") + " " + shown.text(String.valueOf(where))
                + (cut.isEmpty() ? "" : ": " + cut);
    }
}
