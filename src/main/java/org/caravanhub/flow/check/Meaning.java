package org.caravanhub.flow.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.util.StringHelper;
import org.caravanhub.flow.FlowDocument;
import org.caravanhub.flow.check.Grammar.Shape;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Says of the fields of a flow file what they are: an endpoint, an expression, a name. */
final class Meaning {
    private static final Set<String> PREDICATE_SHAPES =
            Set.of("WhenDefinition", "OnWhenDefinition", "FilterDefinition", "ValidateDefinition");
    private static final Set<String> PREDICATE_FIELDS =
            Set.of("handled", "continued", "retryWhile", "completionPredicate", "onWhen");
    private static final Set<String> SENDS_TO_EXPRESSION = Set.of(
            "EnrichDefinition",
            "PollEnrichDefinition",
            "RecipientListDefinition",
            "RoutingSlipDefinition",
            "DynamicRouterDefinition");
    private static final Set<String> DYNAMIC = Set.of("ToDynamicDefinition", "WireTapDefinition");
    private static final Set<String> STARTS =
            Set.of("FromDefinition", "OutputAwareFromDefinition", "RouteFromDefinitionDeserializer");
    /** Fields that name a bean, beside those whose name ends with Ref. */
    private static final Set<String> BEAN_FIELDS = Set.of(
            "aggregationStrategy",
            "aggregationRepository",
            "aggregateController",
            "comparator",
            "executorService",
            "timeoutCheckerExecutorService",
            "timeoutExecutorService",
            "idempotentRepository",
            "onPrepare",
            "routePolicy",
            "predicateExceptionFactory",
            "resumeStrategy",
            "sagaService",
            "consumerListener",
            "untilCheck",
            "objectMapper",
            "moduleRefs",
            "logger",
            "errorHandlerRef");
    /** The field that a text by itself stands for. */
    private static final Map<String, String> SHORT = Map.of(
            "ToDefinition", "uri",
            "ToDynamicDefinition", "uri",
            "WireTapDefinition", "uri",
            "PollDefinition", "uri",
            "FromDefinition", "uri",
            "LogDefinition", "message",
            "ConvertBodyDefinition", "type",
            "BeanDefinition", "ref",
            "MethodCallExpression", "ref",
            "ProcessDefinition", "ref");

    private final List<Found> found = new ArrayList<>();
    private FlowDocument.@Nullable Entry current;

    List<Found> found() {
        return found;
    }

    void enter(FlowDocument.Entry entry) {
        current = entry;
    }

    private FlowDocument.Entry entry() {
        FlowDocument.Entry entry = current;
        if (entry == null) {
            throw new IllegalStateException("no entry was begun");
        }
        return entry;
    }

    boolean isPredicate(Shape shape, String field, MappingNode map, boolean inherited) {
        boolean isLoop = shape.name().equals("LoopDefinition")
                && scalar(map, "doWhile")
                        .map(ScalarNode::getValue)
                        .filter("true"::equals)
                        .isPresent();
        return PREDICATE_SHAPES.contains(shape.name()) && !field.equals("steps")
                || PREDICATE_FIELDS.contains(field)
                || isLoop && !field.equals("steps")
                || inherited && (field.equals("expression") || shape.name().startsWith("Expression"));
    }

    void anyText(ScalarNode text, boolean isEvaluated) {
        found.add(new Found.Text(entry(), text, isEvaluated));
    }

    /** A step or expression that is said with one text. */
    void text(Shape shape, String name, Node key, ScalarNode text, boolean isPredicate) {
        Map<String, ScalarNode> fields = new HashMap<>();
        fields.put(SHORT.getOrDefault(shape.name(), "expression"), text);
        read(shape, name, key, fields, Optional.empty(), isPredicate);
    }

    /** A step with nothing said of it. */
    void nothing(Shape shape, String name, Node key) {
        read(shape, name, key, Map.of(), Optional.empty(), false);
    }

    void fields(Shape shape, String name, Node key, MappingNode map, boolean isPredicate) {
        if (SENDS_TO_EXPRESSION.contains(shape.name())) {
            addressOf(map)
                    .ifPresent(uri -> found.add(
                            new Found.Endpoint(entry(), uri, Optional.empty(), Found.Endpoint.Role.SEND_DYNAMIC)));
        }
        Map<String, ScalarNode> fields = new HashMap<>();
        Optional<MappingNode> parameters = Optional.empty();
        for (NodeTuple tuple : map.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode fieldKey)) {
                continue;
            }
            String field = StringHelper.dashToCamelCase(fieldKey.getValue());
            if (!shape.fields().containsKey(field)) {
                continue;
            }
            if (tuple.getValueNode() instanceof ScalarNode scalar) {
                fields.put(field, scalar);
            } else if (field.equals("parameters") && tuple.getValueNode() instanceof MappingNode options) {
                parameters = Optional.of(options);
            } else if (field.equals("exception") && tuple.getValueNode() instanceof SequenceNode list) {
                list.getValue().stream()
                        .filter(ScalarNode.class::isInstance)
                        .forEach(item -> found.add(new Found.ClassName(entry(), (ScalarNode) item, true)));
            }
        }
        read(shape, name, key, fields, parameters, isPredicate);
    }

    /** The address that an expression gives whatever the message; of a list of them none, which the hub looks at when it runs. */
    private static Optional<ScalarNode> addressOf(MappingNode map) {
        for (NodeTuple tuple : map.getValue()) {
            String name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
            boolean isLanguage = name.equals("constant") || name.equals("simple");
            if (tuple.getValueNode() instanceof MappingNode inner) {
                if (name.equals("expression")) {
                    return addressOf(inner);
                }
                if (isLanguage) {
                    return scalar(inner, "expression").filter(Meaning::isOneAddress);
                }
            } else if (isLanguage && tuple.getValueNode() instanceof ScalarNode text) {
                return Optional.of(text).filter(Meaning::isOneAddress);
            }
        }
        return Optional.empty();
    }

    private static boolean isOneAddress(ScalarNode text) {
        String value = text.getValue();
        return value.contains(":") && !value.startsWith("${") && !value.contains(",");
    }

    private void read(
            Shape shape,
            String name,
            Node key,
            Map<String, ScalarNode> fields,
            Optional<MappingNode> parameters,
            boolean isPredicate) {
        String kind = shape.name();
        if (isLanguage(kind)) {
            expression(kind, name, key, fields, isPredicate);
        } else if (kind.endsWith("DataFormat") && key instanceof ScalarNode format) {
            found.add(new Found.Format(entry(), format));
        } else {
            ids(kind, fields);
            endpoint(kind, fields, parameters);
            beans(kind, fields);
            if (kind.equals("LogDefinition")) {
                Optional.ofNullable(fields.get("message"))
                        .ifPresent(message -> found.add(new Found.Expression(
                                entry(),
                                Optional.ofNullable(fields.get("logLanguage"))
                                        .map(ScalarNode::getValue)
                                        .orElse("simple"),
                                Optional.ofNullable(fields.get("logLanguage")).orElse(message),
                                Optional.of(message),
                                false)));
            }
        }
        classes(kind, fields);
    }

    private static boolean isLanguage(String kind) {
        return kind.endsWith("Expression") && !kind.equals("Expression") || kind.equals("LanguageExpression");
    }

    private void expression(String kind, String name, Node key, Map<String, ScalarNode> fields, boolean isPredicate) {
        if (!(key instanceof ScalarNode at)) {
            return;
        }
        Optional<ScalarNode> text = Optional.ofNullable(fields.get("expression"));
        switch (kind) {
            case "MethodCallExpression" -> beans("BeanDefinition", fields);
            case "RefExpression" -> text.ifPresent(bean -> found.add(new Found.Bean(entry(), bean, Optional.empty())));
            case "LanguageExpression" ->
                Optional.ofNullable(fields.get("language"))
                        .ifPresent(language -> found.add(
                                new Found.Expression(entry(), language.getValue(), language, text, isPredicate)));
            default -> {}
        }
        found.add(new Found.Expression(entry(), name, at, text, isPredicate));
    }

    private void ids(String kind, Map<String, ScalarNode> fields) {
        boolean isEntry = Set.of("RouteDefinition", "RouteConfigurationDefinition", "RouteTemplateDefinition")
                .contains(kind);
        Optional.ofNullable(fields.get(kind.equals("TemplatedRouteDefinition") ? "routeId" : "id"))
                .ifPresent(
                        id -> found.add(new Found.Id(entry(), id, isEntry || kind.equals("TemplatedRouteDefinition"))));
        Optional.ofNullable(fields.get("routeConfigurationId"))
                .ifPresent(id -> found.add(new Found.Link(entry(), "routeConfiguration", id)));
        Optional.ofNullable(fields.get("routeTemplateRef"))
                .ifPresent(id -> found.add(new Found.Link(entry(), "routeTemplate", id)));
    }

    private void endpoint(String kind, Map<String, ScalarNode> fields, Optional<MappingNode> parameters) {
        // What an intercept has is a pattern of addresses.
        Optional.ofNullable(fields.get("uri"))
                .filter(uri -> !kind.startsWith("Intercept"))
                .ifPresent(uri -> found.add(new Found.Endpoint(entry(), uri, parameters, role(kind))));
        Optional.ofNullable(fields.get("deadLetterUri"))
                .ifPresent(
                        uri -> found.add(new Found.Endpoint(entry(), uri, Optional.empty(), Found.Endpoint.Role.SEND)));
    }

    private static Found.Endpoint.Role role(String kind) {
        if (STARTS.contains(kind)) {
            return Found.Endpoint.Role.START;
        }
        return DYNAMIC.contains(kind) ? Found.Endpoint.Role.SEND_DYNAMIC : Found.Endpoint.Role.SEND;
    }

    private void beans(String kind, Map<String, ScalarNode> fields) {
        fields.forEach((field, value) -> {
            if (field.equals("ref")
                    || field.endsWith("Ref") && !field.equals("routeTemplateRef")
                    || BEAN_FIELDS.contains(field)) {
                Optional<ScalarNode> method =
                        field.equals("ref") ? Optional.ofNullable(fields.get("method")) : Optional.empty();
                found.add(new Found.Bean(entry(), value, method));
            }
        });
    }

    private void classes(String kind, Map<String, ScalarNode> fields) {
        fields.forEach((field, value) -> {
            boolean isType = field.equals("type") && kind.startsWith("Convert");
            if (isType || Allowed.CLASS_FIELDS.contains(field)) {
                found.add(new Found.ClassName(entry(), value, field.equals("exceptionType")));
            }
        });
    }

    private static Optional<ScalarNode> scalar(MappingNode map, String field) {
        return map.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(field))
                .map(NodeTuple::getValueNode)
                .filter(ScalarNode.class::isInstance)
                .map(ScalarNode.class::cast)
                .findFirst();
    }
}
