package org.caravanhub.http;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Names by which a request could steer Camel: components take orders from headers such as {@code CamelHttpUri}, and a request's
 * headers, query and form become headers of the message (CVE-2025-27636, CVE-2025-29891, CVE-2026-78164).
 */
final class CamelNames {
    private CamelNames() {}

    /** Whether it is such a name, in whatever case. */
    static boolean isOne(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith("camel") || lower.startsWith("org.apache.camel");
    }

    /** Takes them away. */
    static void removeFrom(MultiMap fields) {
        for (String name : List.copyOf(fields.names())) {
            if (isOne(name)) {
                fields.remove(name);
            }
        }
    }

    /**
     * Takes away what a response should not tell: such names, and fields that are the request's own, sent back (CVE-2026-85254).
     * Types and lengths of a body may well be the same by chance.
     *
     * @param request headers, query and form of the request
     */
    static void removeEchoes(MultiMap response, MultiMap request) {
        removeFrom(response);
        for (Map.Entry<String, String> field : List.copyOf(response.entries())) {
            String lower = field.getKey().toLowerCase(Locale.ROOT);
            boolean isAboutBody = lower.startsWith("content-") || lower.equals("connection");
            if (!isAboutBody && request.contains(field.getKey(), field.getValue(), false)) {
                response.remove(field.getKey());
            }
        }
    }
}
