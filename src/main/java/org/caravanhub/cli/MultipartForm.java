package org.caravanhub.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A form with some fields, and one file that is not in memory. Not for many threads. */
final class MultipartForm {
    private final String boundary = "caravan-" + UUID.randomUUID();
    private final ByteArrayOutputStream fields = new ByteArrayOutputStream();

    /** Adds a field; nothing if there is nothing to say. */
    MultipartForm field(String name, @Nullable String value) {
        if (value != null) {
            add(head(name, false), value.getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    /** Adds a small file. */
    void file(String name, byte[] bytes) {
        add(head(name, true), bytes);
    }

    private void add(String head, byte[] bytes) {
        fields.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        fields.writeBytes(bytes);
        fields.writeBytes(new byte[] {'\r', '\n'});
    }

    private String head(String name, boolean isFile) {
        return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + '"'
                + (isFile ? "; filename=\"" + name + "\"\r\nContent-Type: application/octet-stream" : "")
                + "\r\n\r\n";
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /** All of it with a file of this size, in bytes. */
    long length(long size) {
        return before().length + size + after().length;
    }

    /** What comes before the file. */
    byte[] before() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(fields.toByteArray());
        all.writeBytes(head("file", true).getBytes(StandardCharsets.UTF_8));
        return all.toByteArray();
    }

    /** What comes behind it. */
    byte[] after() {
        return ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
