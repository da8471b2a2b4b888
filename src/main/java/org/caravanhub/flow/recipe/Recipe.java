package org.caravanhub.flow.recipe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravanhub.flow.FlowDocument;
import org.caravanhub.flow.NotReadable;

/**
 * A complete flow to begin one's own with.
 *
 * @param name what it is asked for by
 * @param id of its flow; the name, until it is taken under another one
 * @param description what it does, a sentence
 * @param text the flow file, with its comments
 */
public record Recipe(String name, String id, String description, String text) {
    private static final Pattern DESCRIPTION = Pattern.compile("(?m)^    description: (.+)$");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[?!]?([^{}:]+)(?::([^{}]*))?}}");
    private static final String SECRET = "secret";

    /**
     * A setting that the flow reads.
     *
     * @param key as in {@code caravan.properties}
     * @param otherwise what it is if nobody sets it; none if somebody has to
     */
    public record Setting(String key, Optional<String> otherwise) {}

    /** The recipe of this name, as it is shipped. */
    static Recipe of(String name, String text) {
        Matcher description = DESCRIPTION.matcher(text);
        return new Recipe(name, name, description.find() ? description.group(1) : "", text);
    }

    /**
     * The same under another id: its steps, settings and notices are called after that too, since Camel has one namespace for all ids.
     *
     * @param other small letters, digits and hyphens
     */
    public Recipe as(String other) {
        return other.equals(id) ? this : new Recipe(name, other, description, Renaming.of(document(), id, other));
    }

    /** The settings that it reads, in the order of the file. */
    public List<Setting> settings() {
        Map<String, Setting> settings = new LinkedHashMap<>();
        each((key, otherwise) -> {
            if (!key.equals(SECRET)) {
                settings.putIfAbsent(key, new Setting(key, otherwise));
            }
        });
        return List.copyOf(settings.values());
    }

    /** The names of the secrets that have to be there. */
    public List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        each((key, name) -> {
            if (key.equals(SECRET)) {
                secrets.add(name.orElse(""));
            }
        });
        return secrets.stream().distinct().toList();
    }

    private interface Placeholder {
        void found(String key, Optional<String> rest);
    }

    private void each(Placeholder placeholder) {
        for (Matcher each = PLACEHOLDER.matcher(text); each.find(); ) {
            placeholder.found(each.group(1), Optional.ofNullable(each.group(2)));
        }
    }

    private FlowDocument document() {
        try {
            return FlowDocument.read(name, text.getBytes(StandardCharsets.UTF_8));
        } catch (NotReadable e) {
            throw new IllegalStateException("the recipe " + name + " is no flow", e);
        }
    }
}
