package org.caravanhub.api;

import io.vertx.core.http.HttpServerResponse;
import org.caravanhub.ota.Artifact;
import org.caravanhub.ota.Conditions;
import org.caravanhub.ota.Release;

/** What is told of a file beside its bytes, in the words that clients of firmware look for. Each line is shorter than 512 bytes. */
record FirmwareHeaders(Release release, boolean isForGood) {
    private static final int MD5_DIGITS = 32;

    /** Its entity tag, in quotes: another file has another. */
    String tag() {
        return '"' + release.artifact().sha256() + '"';
    }

    /** For a client that has the file. */
    void writeKnown(HttpServerResponse response) {
        response.putHeader("ETag", tag())
                .putHeader("Last-Modified", Conditions.date(release.uploadedAt()))
                .putHeader("Cache-Control", isForGood ? "public, max-age=31536000, immutable" : "private, no-cache");
    }

    /** For a client that gets bytes of it. */
    void write(HttpServerResponse response) {
        Artifact artifact = release.artifact();
        writeKnown(response);
        response.putHeader("Content-Type", "application/octet-stream")
                .putHeader("Content-Disposition", "attachment; filename=\"" + fileName() + "\"")
                .putHeader("Accept-Ranges", "bytes")
                .putHeader("x-SHA256", artifact.sha256())
                .putHeader("X-Checksum-SHA256", artifact.sha256())
                .putHeader("x-version", release.version())
                .putHeader("X-Firmware-Version", release.version());
        // Of another length it is worse than none.
        if (artifact.md5().length() == MD5_DIGITS) {
            response.putHeader("x-MD5", artifact.md5());
        }
    }

    private String fileName() {
        return (release.model() + "_" + release.version()).replaceAll("[^A-Za-z0-9._+-]", "_") + ".bin";
    }
}
