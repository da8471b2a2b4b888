package org.caravanhub.flow.check;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravanhub.flow.FlowDocument;
import org.caravanhub.flow.Mistake;
import org.caravanhub.text.Quoted;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Looks at everything of the form <code>{{name}}</code>, <code>{{name:default}}</code> and <code>{{secret:name}}</code>. */
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\\\)\\{\\{([?!]?)([^{}:]*)(:([^{}]*))?");
    /** What Camel would ask others for; {@code file} in later versions, and vaults. */
    static final Set<String> REFUSED = Set.of(
            "env",
            "sys",
            "service",
            "service.name",
            "service.host",
            "service.port",
            "bean",
            "file",
            "base64",
            "boolean",
            "aws",
            "gcp",
            "azure",
            "hashicorp",
            "ibm",
            "spring",
            "cyberark",
            "configmap",
            "configmap-binary",
            "secret-binary",
            "properties");

    static final String SECRET = "secret";

    private final Known known;

    Placeholders(Known known) {
        this.known = known;
    }

    void check(Outline outline, java.util.function.Consumer<Mistake> mistakes) {
        outline.all(Found.Text.class).forEach(found -> {
            Matcher each = PLACEHOLDER.matcher(found.text().getValue());
            Set<String> parameters = parametersOf(found.entry());
            while (each.find()) {
                check(outline.document(), found.text(), each, parameters).ifPresent(mistakes);
            }
        });
    }

    private Optional<Mistake> check(FlowDocument document, ScalarNode text, Matcher at, Set<String> parameters) {
        String name = at.group(2).strip();
        Place place = Place.of(document, text, at.start());
        if (at.group(3) != null && REFUSED.contains(name)) {
            return Optional.of(place.mistake(
                    document,
                    Mistake.Code.FORBIDDEN_PLACEHOLDER,
                    "{{" + name + ":..}} may not be used: it reads what is not meant for flows",
                    "use {{name}} of the configuration, or {{secret:name}}"));
        }
        if (at.group(3) != null && name.equals(SECRET)) {
            return secret(at.group(4).strip())
                    .map(told -> place.mistake(document, Mistake.Code.UNKNOWN_PLACEHOLDER, told[0], told[1]));
        }
        boolean isOptional = at.group(1).equals("?") || at.group(3) != null;
        if (isOptional || known.placeholders().containsKey(name) || parameters.contains(name)) {
            return Optional.empty();
        }
        Set<String> candidates = new HashSet<>(known.placeholders().keySet());
        candidates.addAll(parameters);
        String near = Meant.by(name, candidates);
        return Optional.of(place.mistake(
                document,
                Mistake.Code.UNKNOWN_PLACEHOLDER,
                "nothing is configured as {{" + Quoted.of(name).replace("\"", "") + "}}",
                near.isEmpty() ? "configure it, or say what it is otherwise: {{" + name + ":otherwise}}" : near));
    }

    /** Message and hint. */
    private Optional<String[]> secret(String name) {
        try {
            Set<String> names = known.secrets().get();
            return names.contains(name)
                    ? Optional.empty()
                    : Optional.of(new String[] {"there is no secret " + Quoted.of(name), Meant.by(name, names)});
        } catch (IllegalArgumentException e) {
            return Optional.of(new String[] {"no secret can be read: " + e.getMessage(), ""});
        }
    }

    /** What a text is with its placeholders put in, as far as they are known. */
    String resolved(String text) {
        String resolved = text;
        for (int i = 0; i < 5; i++) {
            Matcher each =
                    Pattern.compile("\\{\\{[?!]?([^{}:]*)(:([^{}]*))?\\}\\}").matcher(resolved);
            String next = each.replaceAll(match -> Matcher.quoteReplacement(
                    match.group(1).equals(SECRET)
                            ? SECRET
                            : known.placeholders()
                                    .getOrDefault(match.group(1), match.group(3) == null ? "" : match.group(3))));
            if (next.equals(resolved)) {
                return resolved;
            }
            resolved = next;
        }
        return resolved;
    }

    /** The names of the parameters of a template. */
    static Set<String> parametersOf(FlowDocument.Entry entry) {
        Set<String> names = new HashSet<>();
        if (entry.kind().equals("routeTemplate") || entry.kind().equals("route-template")) {
            parameters(entry.node()).forEach(parameter -> names.add(parameter.name()));
        }
        return names;
    }

    /**
     * @param isRequired whether a flow of the template has to give it
     */
    record Parameter(String name, boolean isRequired, ScalarNode at) {}

    /** The parameters that a template asks for or a flow of it gives. */
    static java.util.List<Parameter> parameters(Node entry) {
        java.util.List<Parameter> all = new java.util.ArrayList<>();
        if (value(entry, "parameters").orElse(null) instanceof SequenceNode list) {
            for (Node item : list.getValue()) {
                boolean isOptional = value(item, "defaultValue").isPresent()
                        || value(item, "required")
                                .filter(node -> node instanceof ScalarNode scalar
                                        && scalar.getValue().equals("false"))
                                .isPresent();
                if (value(item, "name").orElse(null) instanceof ScalarNode name) {
                    all.add(new Parameter(name.getValue(), !isOptional, name));
                }
            }
        }
        return all;
    }

    private static Optional<Node> value(Node node, String name) {
        return node instanceof MappingNode map
                ? map.getValue().stream()
                        .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key
                                && org.apache.camel.util.StringHelper.dashToCamelCase(key.getValue())
                                        .equals(name))
                        .map(NodeTuple::getValueNode)
                        .findFirst()
                : Optional.empty();
    }
}
