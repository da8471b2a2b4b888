package org.caravanhub.flow.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Which options the endpoints of a component have, from what the component says of itself in its jar.
 *
 * @param options by name
 * @param isLenient whether it takes options that it does not know, as {@code http} does for the query
 */
record Options(Map<String, Option> options, boolean isLenient) {
    private static final Map<String, SoftReference<Options>> READ = new HashMap<>();

    /**
     * @param type Camel's word for its type: {@code boolean}, {@code integer}, {@code duration}, {@code enum}, {@code object} ...
     * @param words which there may be, if not all
     * @param isPath whether it is part of the address, before the question mark
     * @param prefix with what names of a family of options begin; empty if it is one
     */
    record Option(String type, Set<String> words, boolean isPath, boolean isRequired, String prefix) {}

    /** Those of a component; empty if it is not part of the hub, or says nothing. */
    static synchronized Optional<Options> of(String scheme) {
        Options known =
                Optional.ofNullable(READ.get(scheme)).map(SoftReference::get).orElse(null);
        if (known == null) {
            known = read(scheme).orElse(null);
            READ.put(scheme, new SoftReference<>(known));
        }
        return Optional.ofNullable(known);
    }

    /** The option of that name, or the family that it belongs to. */
    Optional<Option> option(String name) {
        Option exact = options.get(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        Collection<Option> all = options.values();
        return options.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name.replace("-", "")))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> all.stream()
                        .filter(any -> !any.prefix().isEmpty() && name.startsWith(any.prefix()))
                        .findFirst());
    }

    private static Optional<Options> read(String scheme) {
        if (!scheme.matches("[a-z0-9-]+")) {
            return Optional.empty();
        }
        try (InputStream service = open("META-INF/services/org/apache/camel/component/" + scheme)) {
            if (service == null) {
                return Optional.empty();
            }
            Properties properties = new Properties();
            properties.load(service);
            String type = properties.getProperty("class", "");
            String folder =
                    type.substring(0, Math.max(0, type.lastIndexOf('.'))).replace('.', '/');
            try (InputStream json = open("META-INF/" + folder + "/" + scheme + ".json")) {
                return json == null
                        ? Optional.empty()
                        : Optional.of(read(
                                new JsonMapper().readTree(new String(json.readAllBytes(), StandardCharsets.UTF_8))));
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Options read(JsonNode json) {
        Map<String, Option> options = new TreeMap<>();
        json.path("properties").properties().forEach(property -> {
            JsonNode said = property.getValue();
            Set<String> words = StreamSupport.stream(said.path("enum").spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.toUnmodifiableSet());
            options.put(
                    property.getKey(),
                    new Option(
                            said.path("type").asText(),
                            words,
                            said.path("kind").asText().equals("path"),
                            said.path("required").asBoolean(),
                            said.path("prefix").asText()));
        });
        return new Options(
                options, json.path("component").path("lenientProperties").asBoolean());
    }

    private static InputStream open(String name) {
        return Options.class.getClassLoader().getResourceAsStream(name);
    }
}
