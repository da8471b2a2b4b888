package org.caravanhub.flow.check;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.caravanhub.flow.FlowDocument;
import org.caravanhub.flow.Mistake;
import org.caravanhub.text.Quoted;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Looks at the names of beans, their methods and classes. */
final class Beans {
    private static final Pattern MADE = Pattern.compile("#(class|type|valueAs)[:(]([A-Za-z0-9_.$\\[\\]]*)");
    private static final Set<String> OF_EVERY_OBJECT =
            Arrays.stream(Object.class.getMethods()).map(Method::getName).collect(Collectors.toUnmodifiableSet());

    private final Known known;

    Beans(Known known) {
        this.known = known;
    }

    void check(Outline outline, Consumer<Mistake> mistakes) {
        FlowDocument document = outline.document();
        outline.all(Found.Bean.class).forEach(found -> {
            Optional<Mistake> unknown =
                    reference(document, Place.of(found.name()), found.name().getValue());
            unknown.ifPresentOrElse(mistakes, () -> found.method()
                    .flatMap(method -> method(document, found, method))
                    .ifPresent(mistakes));
        });
        outline.all(Found.ClassName.class)
                .forEach(found -> named(document, found).ifPresent(mistakes));
        outline.all(Found.Text.class)
                .filter(Found.Text::isEvaluated)
                .forEach(found -> made(document, found.text(), mistakes));
    }

    /** What is wrong with a reference to a bean: {@code name}, {@code #name} or {@code #bean:name}. */
    Optional<Mistake> reference(FlowDocument document, Place at, String written) {
        String name = written.strip().replaceFirst("^#(bean:)?", "");
        if (name.contains("{{") || name.contains("${") || MADE.matcher(written).find() || name.isEmpty()) {
            return Optional.empty(); // Either made below, or told of by its own check.
        }
        if (name.startsWith("type:")
                || name.matches("([a-z0-9_]+\\.)+[A-Z][A-Za-z0-9_$]*")
                        && !known.beans().containsKey(name)) {
            return Optional.of(at.mistake(
                    document,
                    Mistake.Code.FORBIDDEN_CLASS,
                    Quoted.of(name) + " is a class; a flow calls beans of the hub by their name",
                    ""));
        }
        if (known.mayCall(document.path(), name)) {
            return Optional.empty();
        }
        Set<String> callable = new TreeSet<>(known.beans().keySet());
        callable.removeIf(bean -> !known.mayCall(document.path(), bean));
        if (known.beans().containsKey(name)) {
            return Optional.of(at.mistake(
                    document,
                    Mistake.Code.UNKNOWN_BEAN,
                    "the bean " + Quoted.of(name) + " is for the flows that the hub came with",
                    "yours may call " + String.join(", ", callable)));
        }
        String near = Meant.by(name, callable);
        return Optional.of(at.mistake(
                document,
                Mistake.Code.UNKNOWN_BEAN,
                "there is no bean " + Quoted.of(name),
                near.isEmpty() ? "there are " + String.join(", ", callable) : near));
    }

    /** What is wrong with a bean that is called by its class; empty if it is not. */
    Optional<Mistake> classReference(FlowDocument document, Place at, String name) {
        boolean isClass = name.startsWith("type:") || name.matches("([a-z0-9_]+\\.)+[A-Z][A-Za-z0-9_$]*");
        return isClass && !known.beans().containsKey(name)
                ? Optional.of(at.mistake(
                        document,
                        Mistake.Code.FORBIDDEN_CLASS,
                        Quoted.of(name) + " is a class; a flow calls beans of the hub by their name",
                        ""))
                : Optional.empty();
    }

    private Optional<Mistake> method(FlowDocument document, Found.Bean found, ScalarNode method) {
        String bean = found.name().getValue().strip().replaceFirst("^#(bean:)?", "");
        String name = method.getValue().strip();
        return method(bean, name.substring(0, name.indexOf('(') < 0 ? name.length() : name.indexOf('(')))
                .map(wrong -> document.mistake(method, Mistake.Code.UNKNOWN_BEAN, wrong.message(), wrong.hint()));
    }

    /** What is wrong with a method, and what was meant. */
    record Wrong(String message, String hint) {}

    /** What is wrong with the name of a method of a bean. */
    Optional<Wrong> method(String bean, String name) {
        Class<?> type = known.beans().get(bean);
        if (type == null || name.isBlank() || name.contains("{{") || name.contains("${")) {
            return Optional.empty();
        }
        Set<String> methods = Arrays.stream(type.getMethods())
                .map(Method::getName)
                .filter(any -> !OF_EVERY_OBJECT.contains(any))
                .collect(Collectors.toCollection(TreeSet::new));
        if (methods.contains(name)) {
            return Optional.empty();
        }
        return Optional.of(
                new Wrong(Quoted.of(bean) + " has no method " + Quoted.of(name), Meant.orAny(name, methods)));
    }

    private static Optional<Mistake> named(FlowDocument document, Found.ClassName found) {
        String name = found.name().getValue().strip();
        if (name.isEmpty() || name.contains("{{")) {
            return Optional.empty();
        }
        if (found.isException()) {
            return exception(document, found.name(), name);
        }
        return isAllowed(name)
                ? Optional.empty()
                : Optional.of(document.mistake(
                        found.name(),
                        Mistake.Code.FORBIDDEN_CLASS,
                        "the class " + Quoted.of(name) + " may not be used",
                        Meant.by(name, Allowed.CLASSES)));
    }

    static boolean isAllowed(String name) {
        return Allowed.CLASSES.contains(name.strip());
    }

    /** Exceptions are only compared with, or thrown. */
    private static Optional<Mistake> exception(FlowDocument document, ScalarNode at, String name) {
        try {
            Class<?> type = Class.forName(name, false, Beans.class.getClassLoader());
            return Throwable.class.isAssignableFrom(type)
                    ? Optional.empty()
                    : Optional.of(document.mistake(
                            at, Mistake.Code.FORBIDDEN_CLASS, Quoted.of(name) + " is no exception", ""));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.of(document.mistake(
                    at,
                    Mistake.Code.UNKNOWN_BEAN,
                    "there is no exception " + Quoted.of(name),
                    name.contains(".")
                            ? "java.lang.Exception stands for any"
                            : "write it with its package, as java.lang.Exception"));
        }
    }

    private static void made(FlowDocument document, ScalarNode text, Consumer<Mistake> mistakes) {
        Matcher each = MADE.matcher(text.getValue());
        while (each.find()) {
            boolean isAllowed = each.group(1).equals("valueAs")
                    ? isAllowed(each.group(2))
                    : each.group(1).equals("class") && Allowed.MADE.contains(each.group(2));
            if (!isAllowed) {
                mistakes.accept(Place.of(document, text, each.start())
                        .mistake(
                                document,
                                Mistake.Code.FORBIDDEN_CLASS,
                                "a flow may not make an object of " + Quoted.of(each.group(2)),
                                Meant.by(each.group(2), Allowed.MADE)));
            }
        }
    }
}
