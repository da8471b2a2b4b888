package org.caravanhub.flow.check;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.language.simple.SimpleExpressionParser;
import org.apache.camel.language.simple.SimplePredicateParser;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;
import org.apache.camel.language.simple.types.SimpleParserException;
import org.caravanhub.flow.FlowDocument;
import org.caravanhub.flow.Mistake;
import org.caravanhub.text.Quoted;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Looks at expressions: whether their language may be used, and whether Camel can read them. */
final class Expressions {
    private static final Set<String> FUNCTIONS = Set.of(
            "body",
            "header",
            "headers",
            "exchangeProperty",
            "variable",
            "exception",
            "exchangeId",
            "id",
            "messageTimestamp",
            "routeId",
            "stepId",
            "fromRouteId",
            "routeGroup",
            "threadName",
            "hostname",
            "date",
            "bean",
            "ref",
            "random",
            "uuid",
            "hash",
            "replace",
            "substring",
            "substringBefore",
            "substringAfter",
            "collate",
            "join",
            "jsonpath",
            "jq",
            "bodyAs",
            "bodyOneLine",
            "prettyBody",
            "null",
            "empty",
            "iif");

    private final Scratch scratch;
    private final Placeholders placeholders;

    Expressions(Scratch scratch, Placeholders placeholders) {
        this.scratch = scratch;
        this.placeholders = placeholders;
    }

    /** @param wrong texts that were told of already */
    void check(Outline outline, Set<ScalarNode> wrong, Consumer<Mistake> mistakes) {
        FlowDocument document = outline.document();
        outline.all(Found.Expression.class).forEach(found -> {
            Optional<Mistake> refused = language(document, found);
            refused.ifPresentOrElse(mistakes, () -> found.text()
                    .filter(text -> !wrong.contains(text))
                    .flatMap(text -> text(document, found, text))
                    .ifPresent(mistakes));
        });
        outline.all(Found.Format.class)
                .forEach(found -> format(document, found.name()).ifPresent(mistakes));
    }

    private Optional<Mistake> language(FlowDocument document, Found.Expression found) {
        String name = found.language();
        if (name.equals("language") || name.contains("{{")) {
            return Optional.empty(); // What it is, is a field of it.
        }
        if (Allowed.LANGUAGES.contains(name)) {
            return scratch.hasLanguage(name)
                    ? Optional.empty()
                    : Optional.of(document.mistake(
                            found.at(),
                            Mistake.Code.UNKNOWN_LANGUAGE,
                            "the language \"" + name + "\" is not part of this hub",
                            ""));
        }
        Optional<String> reason = Allowed.reason(name);
        return Optional.of(document.mistake(
                found.at(),
                reason.isPresent() ? Mistake.Code.FORBIDDEN_LANGUAGE : Mistake.Code.UNKNOWN_LANGUAGE,
                reason.map(why -> "the language \"" + name + "\" may not be used: " + why)
                        .orElse("unknown language " + Quoted.of(name)),
                reason.isPresent()
                        ? "what simple cannot say is a bean of the hub"
                        : Meant.by(name, new TreeSet<>(Allowed.LANGUAGES))));
    }

    private Optional<Mistake> format(FlowDocument document, ScalarNode name) {
        String written = org.apache.camel.util.StringHelper.dashToCamelCase(name.getValue());
        if (Allowed.FORMATS.contains(written)) {
            return Optional.empty();
        }
        return Optional.of(document.mistake(
                name,
                Mistake.Code.FORBIDDEN_COMPONENT,
                "the data format " + Quoted.of(written) + " is not part of this hub",
                "use json"));
    }

    private Optional<Mistake> text(FlowDocument document, Found.Expression found, ScalarNode text) {
        String value = text.getValue();
        // As Camel sees it: with its placeholders put in, and without the space around it.
        if (placeholders.resolved(value).strip().startsWith("resource:")) {
            return Optional.of(document.mistake(
                    text,
                    Mistake.Code.FORBIDDEN_EXPRESSION,
                    "\"resource:\" may not be used: it reads files",
                    "write the text itself"));
        }
        if (!found.language().equals("simple")) {
            return Optional.empty();
        }
        if (!Placeholders.parametersOf(found.entry()).isEmpty() && value.contains("{{")) {
            return Optional.empty(); // Whole only when a flow is made of the template.
        }
        String resolved = placeholders.resolved(value);
        try {
            CamelContext camel = scratch.camel();
            // As the language itself does it.
            if (found.isPredicate()) {
                new SimplePredicateParser(camel, resolved.strip(), true, false, null).parsePredicate();
            } else {
                new SimpleExpressionParser(camel, resolved, true, false, null).parseExpression();
            }
            return Optional.empty();
        } catch (SimpleIllegalSyntaxException e) {
            return Optional.of(
                    unreadable(document, text, resolved.equals(value) ? e.getIndex() : -1, e.getShortMessage()));
        } catch (SimpleParserException e) {
            return Optional.of(unreadable(
                    document, text, resolved.equals(value) ? e.getIndex() : -1, String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            return Optional.of(unreadable(document, text, -1, String.valueOf(e.getMessage())));
        }
    }

    private static Mistake unreadable(FlowDocument document, ScalarNode text, int index, String reason) {
        String firstLine = reason.lines().findFirst().orElse("it cannot be read");
        Place at = Place.of(document, text, Math.min(index, text.getValue().length() - 1));
        String unknown = "Unknown function: ";
        if (firstLine.startsWith(unknown)) {
            String function = firstLine.substring(unknown.length());
            String name = new Functions.Function(function, 0).name();
            int name0 = text.getValue().indexOf(function);
            Place exact = name0 < 0 ? at : Place.of(document, text, name0);
            return exact.mistake(
                    document,
                    Mistake.Code.BAD_EXPRESSION,
                    "unknown function " + Quoted.of("${" + function + "}"),
                    Meant.by(name, FUNCTIONS));
        }
        boolean isOpen = text.getValue().lastIndexOf("${") > text.getValue().lastIndexOf('}');
        if (isOpen) {
            return Place.of(document, text, text.getValue().lastIndexOf("${"))
                    .mistake(document, Mistake.Code.BAD_EXPRESSION, "\"${\" is never closed", "end it with \"}\"");
        }
        return at.mistake(document, Mistake.Code.BAD_EXPRESSION, "the expression cannot be read: " + firstLine, "");
    }
}
