package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Set;

/** What may be in the head of a response. */
final class Headers {
    private static final Set<String> OURS = Set.of(
            "allow",
            "cache-control",
            "connection",
            "content-disposition",
            "content-length",
            "content-security-policy",
            "content-type",
            "cross-origin-resource-policy",
            "etag",
            "referrer-policy",
            "retry-after",
            "transfer-encoding",
            "www-authenticate",
            "x-accel-buffering",
            "x-content-type-options",
            "x-request-id");

    private Headers() {}

    /** Nothing of the request, nothing of Camel, nothing that lets other origins in. */
    static void areOnlyOurs(HttpResponse<?> response) {
        assertThat(response.headers().map().keySet())
                .allSatisfy(name -> assertThat(OURS).contains(name.toLowerCase(java.util.Locale.ROOT)));
        assertThat(response.headers().firstValue("content-security-policy").orElse(""))
                .startsWith("default-src 'none'");
        assertThat(response.headers().firstValue("x-content-type-options")).contains("nosniff");
    }
}
