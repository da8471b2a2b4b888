package org.caravanhub.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** A statement from {@code sql/transfer}, without its comments. Its parameters are in the order of their comment. */
final class SqlText {
    private SqlText() {}

    static String load(String name) {
        String path = "/sql/transfer/" + name + ".sql";
        try (InputStream in = SqlText.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("no SQL file " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("--"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
