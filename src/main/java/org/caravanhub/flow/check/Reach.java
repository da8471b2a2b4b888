package org.caravanhub.flow.check;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravanhub.flow.FlowDocument;
import org.caravanhub.flow.Mistake;
import org.caravanhub.text.Quoted;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Finds what reaches out of the message in <code>${..}</code>, wherever in a file that stands. */
final class Reach {
    private static final Map<String, String> FUNCTIONS = Map.of(
            "camelContext", "it reaches into the hub",
            "type", "it reaches any class",
            "sys", "it reads settings of the machine",
            "sysenv", "it reads settings of the machine",
            "env", "it reads settings of the machine",
            "properties", "it reads passwords too; write {{name}}",
            "propertiesExist", "it asks for passwords too; write {{name:default}}");
    /** Names in a chain, as in {@code body.class}, that lead from any object into the hub. */
    private static final Set<String> NAMES = Set.of(
            "class",
            "getclass",
            "classloader",
            "getclassloader",
            "context",
            "getcontext",
            "camelcontext",
            "getcamelcontext",
            "fromendpoint",
            "getfromendpoint",
            "endpoint",
            "getendpoint",
            "exchangeextension",
            "getexchangeextension",
            "unitofwork",
            "getunitofwork",
            "registry",
            "getregistry",
            "adapt",
            "forname",
            "getruntime",
            "newinstance");

    private static final Set<String> CHAINS = Set.of(
            "body",
            "in",
            "out",
            "header",
            "headers",
            "exchangeProperty",
            "variable",
            "variables",
            "exception",
            "exchange",
            "message",
            "bodyAs",
            "mandatoryBodyAs",
            "messageAs",
            "headerAs",
            "bean",
            "ref");
    private static final Pattern STEP = Pattern.compile("[.:?]\\s*\\??\\s*([A-Za-z_][A-Za-z0-9_]*)");
    private static final Pattern TYPED =
            Pattern.compile("^(bodyAs|mandatoryBodyAs|messageAs|convertTo|newEmpty|headerAs)\\((.*?)\\)");
    private static final Set<String> WITH_LANGUAGE = Set.of("jsonpath", "jq", "xpath", "simpleJsonpath");

    private final Beans beans;

    Reach(Beans beans) {
        this.beans = beans;
    }

    /** The texts with something wrong in them, which nobody need read any further. */
    Set<ScalarNode> check(Outline outline, Consumer<Mistake> mistakes) {
        Set<ScalarNode> wrong = Collections.newSetFromMap(new IdentityHashMap<>());
        outline.all(Found.Text.class)
                .filter(Found.Text::isEvaluated)
                .forEach(found -> check(outline.document(), found.text(), mistake -> {
                    wrong.add(found.text());
                    mistakes.accept(mistake);
                }));
        return wrong;
    }

    private void check(FlowDocument document, ScalarNode text, Consumer<Mistake> mistakes) {
        for (Functions.Function function : Functions.in(text.getValue())) {
            Place at = Place.of(document, text, function.at());
            reason(function)
                    .map(reason -> at.mistake(
                            document,
                            Mistake.Code.FORBIDDEN_EXPRESSION,
                            "${" + cut(function.text()) + "} may not be used: " + reason,
                            ""))
                    .or(() -> bean(document, at, function))
                    .ifPresent(mistakes);
        }
    }

    private static Optional<String> reason(Functions.Function function) {
        String name = function.name();
        String rest = function.rest();
        if (FUNCTIONS.containsKey(name) && !rest.isEmpty() || name.equals("camelContext")) {
            return Optional.ofNullable(FUNCTIONS.get(name));
        }
        Matcher typed = TYPED.matcher(function.text());
        if (typed.find()) {
            String type = typed.group(2)
                    .substring(typed.group(2).lastIndexOf(',') + 1)
                    .strip();
            boolean isType = !name.equals("newEmpty");
            if (isType && !Beans.isAllowed(type)) {
                return Optional.of("the class " + Quoted.of(type) + " is none that flows may use");
            }
        }
        if (WITH_LANGUAGE.contains(name) && rest.startsWith("(") && !Allowed.LANGUAGES.contains(name)) {
            return Optional.of("its language is none that flows may use");
        }
        if (CHAINS.contains(name)) {
            Matcher step = STEP.matcher(rest);
            while (step.find()) {
                if (NAMES.contains(step.group(1).toLowerCase(java.util.Locale.ROOT))) {
                    return Optional.of("it leads from the message into the hub; in brackets, as ${body[" + step.group(1)
                            + "]}, it is the name of a field");
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Mistake> bean(FlowDocument document, Place at, Functions.Function function) {
        String name = function.name();
        if (!name.equals("bean") && !name.equals("ref") || !function.rest().startsWith(":")) {
            return Optional.empty();
        }
        String rest = function.rest().substring(1);
        if (rest.startsWith("type:")) {
            return beans.reference(document, at, rest);
        }
        Optional<Mistake> named = beans.classReference(document, at, rest.split("[?:(]", 2)[0]);
        if (named.isPresent()) {
            return named;
        }
        if (rest.contains("${")) {
            return Optional.of(at.mistake(
                    document,
                    Mistake.Code.FORBIDDEN_EXPRESSION,
                    "a bean may not be named by a message",
                    "write the name; what a message says may be a parameter of the step \"bean:\""));
        }
        String bean = rest.split("[?.:(]", 2)[0];
        Optional<Mistake> unknown = beans.reference(document, at, bean);
        if (unknown.isPresent() || name.equals("ref")) {
            return unknown;
        }
        Matcher method = Pattern.compile("(\\?method=|::|\\.)([A-Za-z0-9_]+)").matcher(rest);
        return method.find()
                ? beans.method(bean, method.group(2))
                        .map(wrong -> at.mistake(document, Mistake.Code.UNKNOWN_BEAN, wrong.message(), wrong.hint()))
                : Optional.empty();
    }

    private static String cut(String text) {
        String quoted = Quoted.of(text);
        return quoted.substring(1, quoted.length() - 1);
    }
}
