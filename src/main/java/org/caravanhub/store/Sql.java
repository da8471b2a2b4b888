package org.caravanhub.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A statement from {@code src/main/resources/sql}: one a file, named parameters ({@code :device}), comments on their own lines. Where
 * a database says it in other words, those are in a file beside it: {@code insert-reading.postgres.sql}.
 */
public final class Sql {
    private final String path;
    private final Map<Dialect, Text> texts = new ConcurrentHashMap<>();

    /**
     * What is said to a database.
     *
     * @param name the file, without its folder and ending
     * @param text with {@code ?} in the place of each name
     * @param parameters the names, in the order of the {@code ?}
     */
    record Text(String name, String text, List<String> parameters) {}

    private Sql(String path) {
        this.path = path;
    }

    /** The statement {@code sql/PATH.sql}; read when it is first needed. */
    static Sql load(String path) {
        return new Sql(path);
    }

    /**
     * Its words for a database of this kind.
     *
     * @throws IllegalArgumentException if there is no such file
     */
    Text in(Dialect dialect) {
        return texts.computeIfAbsent(dialect, this::read);
    }

    private Text read(Dialect dialect) {
        String special = "/sql/" + path + dialect.ending();
        String resource = Sql.class.getResource(special) == null ? "/sql/" + path + ".sql" : special;
        try (InputStream in = Sql.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no SQL file " + resource);
            }
            return parse(
                    path.substring(path.lastIndexOf('/') + 1), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    /** Turns names into positions. A colon inside quotes or before another colon is left alone. */
    static Text parse(String name, String source) {
        StringBuilder text = new StringBuilder();
        List<String> parameters = new ArrayList<>();
        source.lines().filter(line -> !line.strip().startsWith("--")).forEach(line -> {
            positional(line, text, parameters);
            text.append('\n');
        });
        return new Text(name, text.toString().strip(), List.copyOf(parameters));
    }

    private static void positional(String line, StringBuilder text, List<String> parameters) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '\'';
            int end = i + 1;
            while (end < line.length() && Character.isJavaIdentifierPart(line.charAt(end))) {
                end++;
            }
            boolean isName = c == ':' && !quoted && end > i + 1 && (i == 0 || line.charAt(i - 1) != ':');
            if (isName) {
                parameters.add(line.substring(i + 1, end));
                text.append('?');
                i = end - 1;
            } else {
                text.append(c);
            }
        }
    }
}
