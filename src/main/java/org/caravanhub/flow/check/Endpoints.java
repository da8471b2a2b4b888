package org.caravanhub.flow.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.caravanhub.flow.FlowDocument;
import org.caravanhub.flow.Mistake;
import org.caravanhub.flow.Shipped;
import org.caravanhub.text.Quoted;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Looks at where flows begin and what they send to: whether they may, and whether there are such options. */
final class Endpoints {
    /** Where the hub itself answers. */
    private static final List<String> OWN_PATHS =
            List.of("/api", "/devices", "/ota", "/health", "/metrics", "/docs", "/login", "/ui", "/assets");

    private static final Set<String> NUMBERS = Set.of("integer", "number", "long", "int");
    private static final String DURATION = "([0-9]+(ms|[smhd])?)+|PT?[0-9A-Z.]+";

    private final Known known;
    private final Placeholders placeholders;
    private final Beans beans;
    private final FileRule files;

    Endpoints(Known known, Placeholders placeholders, Beans beans) {
        this.beans = beans;
        this.known = known;
        this.placeholders = placeholders;
        this.files = new FileRule(known.files());
    }

    /** One option, wherever it is written. */
    private record Given(String name, Place nameAt, String value, Place valueAt) {}

    void check(Outline outline, Consumer<Mistake> mistakes) {
        outline.all(Found.Endpoint.class).forEach(found -> check(outline.document(), found, mistakes));
    }

    private void check(FlowDocument document, Found.Endpoint found, Consumer<Mistake> mistakes) {
        String uri = found.uri().getValue();
        if (uri.isBlank()) {
            mistakes.accept(document.mistake(found.uri(), Mistake.Code.MISSING_FIELD, "there is no address here", ""));
            return;
        }
        boolean isTemplate = uri.startsWith("{{")
                && Placeholders.parametersOf(found.entry()).stream().anyMatch(name -> uri.startsWith("{{" + name));
        Address address = Address.of(uri.startsWith("{{") ? placeholders.resolved(uri) : uri);
        String scheme = address.scheme();
        if (isTemplate || scheme.contains("${") && found.role() == Found.Endpoint.Role.SEND_DYNAMIC) {
            return; // Said when the flow is made, or runs: the hub holds it against the same list.
        }
        if (scheme.isBlank()) {
            mistakes.accept(document.mistake(
                    found.uri(),
                    Mistake.Code.UNKNOWN_PLACEHOLDER,
                    Quoted.of(uri) + " is configured as nothing",
                    "configure it"));
            return;
        }
        Optional<Mistake> refused = refused(document, found.uri(), scheme);
        if (refused.isPresent()) {
            mistakes.accept(refused.get());
            return;
        }
        List<Given> given = given(document, found, address);
        Optional<Options> options = Options.of(scheme);
        options.ifPresent(all -> {
            given.forEach(option -> option(document, scheme, all, option).ifPresent(mistakes));
            missing(document, found, scheme, all, address, given).ifPresent(mistakes);
        });
        special(document, found, scheme, address, given, mistakes);
    }

    private static Optional<Mistake> refused(FlowDocument document, ScalarNode at, String scheme) {
        if (Allowed.COMPONENTS.contains(scheme)) {
            return Options.of(scheme).isPresent()
                    ? Optional.empty()
                    : Optional.of(document.mistake(
                            at,
                            Mistake.Code.UNKNOWN_COMPONENT,
                            "the component \"" + scheme + "\" is not part of this hub",
                            ""));
        }
        Optional<String> reason = Allowed.reason(scheme);
        if (reason.isPresent()) {
            return Optional.of(document.mistake(
                    at,
                    Mistake.Code.FORBIDDEN_COMPONENT,
                    "the component \"" + scheme + "\" may not be used: " + reason.get(),
                    Allowed.instead(scheme)));
        }
        Set<String> there = new TreeSet<>();
        Allowed.COMPONENTS.stream().filter(name -> Options.of(name).isPresent()).forEach(there::add);
        return Optional.of(document.mistake(
                at,
                Mistake.Code.UNKNOWN_COMPONENT,
                "unknown component " + Quoted.of(scheme),
                Meant.orAny(scheme, there)));
    }

    private static List<Given> given(FlowDocument document, Found.Endpoint found, Address address) {
        List<Given> given = new ArrayList<>();
        boolean isAsWritten = !found.uri().getValue().startsWith("{{");
        for (Address.Option option : address.options()) {
            given.add(new Given(
                    option.name(),
                    isAsWritten ? Place.of(document, found.uri(), option.nameAt()) : Place.of(found.uri()),
                    option.value(),
                    isAsWritten ? Place.of(document, found.uri(), option.valueAt()) : Place.of(found.uri())));
        }
        for (NodeTuple tuple : found.parameters().map(MappingNode::getValue).orElse(List.of())) {
            if (tuple.getKeyNode() instanceof ScalarNode key && tuple.getValueNode() instanceof ScalarNode value) {
                given.add(new Given(key.getValue(), Place.of(key), value.getValue(), Place.of(value)));
            }
        }
        return given;
    }

    private Optional<Mistake> option(FlowDocument document, String scheme, Options all, Given given) {
        Optional<Options.Option> known = all.option(given.name());
        boolean isDynamic = given.name().contains("${") || given.name().contains("{{");
        if (known.isEmpty()) {
            return all.isLenient() || isDynamic
                    ? Optional.empty()
                    : Optional.of(given.nameAt()
                            .mistake(
                                    document,
                                    Mistake.Code.UNKNOWN_OPTION,
                                    "unknown option " + Quoted.of(given.name()) + " of " + scheme,
                                    Meant.by(given.name(), all.options().keySet())));
        }
        String value = given.value();
        if (known.get().type().equals("object") && value.startsWith("#")) {
            return beans.reference(document, given.valueAt(), value);
        }
        if (value.contains("${") || value.contains("{{") || value.startsWith("#") || value.isBlank()) {
            return Optional.empty();
        }
        return wrongValue(known.get(), value).map(should -> given.valueAt()
                .mistake(
                        document,
                        Mistake.Code.WRONG_VALUE,
                        "\"" + given.name() + "\" is " + Quoted.of(value) + " and should be " + should,
                        known.get().words().isEmpty()
                                ? ""
                                : Meant.by(value, known.get().words())));
    }

    private static Optional<String> wrongValue(Options.Option option, String value) {
        String text = value.strip();
        if (!option.words().isEmpty()
                && option.words().stream()
                        .noneMatch(
                                word -> word.equalsIgnoreCase(text.replace("-", "")) || word.equalsIgnoreCase(text))) {
            return Optional.of("one of " + String.join(", ", new TreeSet<>(option.words())));
        }
        if (option.type().equals("boolean") && !text.matches("(?i)true|false")) {
            return Optional.of("true or false");
        }
        if (NUMBERS.contains(option.type()) && !text.matches("[-+]?[0-9]+([.][0-9]+)?")) {
            return Optional.of("a number");
        }
        if (option.type().equals("duration") && !text.matches("-?" + DURATION)) {
            return Optional.of("a time, such as 500ms, 10s or 5m");
        }
        return Optional.empty();
    }

    private static Optional<Mistake> missing(
            FlowDocument document,
            Found.Endpoint found,
            String scheme,
            Options all,
            Address address,
            List<Given> given) {
        if (!address.path().isEmpty()) {
            return Optional.empty();
        }
        Set<String> names = new HashSet<>();
        given.forEach(option -> names.add(option.name()));
        return all.options().entrySet().stream()
                .filter(option ->
                        option.getValue().isPath() && option.getValue().isRequired())
                .map(java.util.Map.Entry::getKey)
                .filter(name -> names.stream().noneMatch(name::equalsIgnoreCase))
                .findFirst()
                .map(name -> document.mistake(
                        found.uri(), Mistake.Code.MISSING_FIELD, "\"" + scheme + "\" has no \"" + name + "\"", ""));
    }

    private void special(
            FlowDocument document,
            Found.Endpoint found,
            String scheme,
            Address address,
            List<Given> given,
            Consumer<Mistake> mistakes) {
        switch (scheme) {
            case "file" -> {
                Place at = Place.of(found.uri());
                file(document, at, placeholders.resolved(address.path())).ifPresent(mistakes);
                given.forEach(option -> fileOption(document, option).ifPresent(mistakes));
            }
            case "platform-http" -> {
                String path = address.path();
                Place at = Place.of(found.uri());
                for (Given option : given) {
                    if (option.name().equals("path")) {
                        path = option.value();
                        at = option.valueAt();
                    }
                }
                ownPath(document, at, path).ifPresent(mistakes);
            }
            case "jdbc" -> dataSource(document, found.uri(), address).ifPresent(mistakes);
            default ->
                given.stream()
                        .filter(option -> FileRule.isFolderOption(scheme, option.name()))
                        .forEach(option -> file(document, option.valueAt(), placeholders.resolved(option.value()))
                                .ifPresent(mistakes));
        }
        given.stream()
                .filter(option ->
                        option.name().startsWith("mail.") && option.name().contains("ocketFactory"))
                .forEach(option -> mistakes.accept(option.nameAt()
                        .mistake(
                                document,
                                Mistake.Code.FORBIDDEN_CLASS,
                                "a flow may not choose the class of a socket",
                                "")));
    }

    private Optional<Mistake> file(FlowDocument document, Place at, String folder) {
        return files.reasonAgainst(folder)
                .map(reason -> at.mistake(
                        document,
                        Mistake.Code.OUTSIDE_DATA,
                        Quoted.of(folder) + " " + reason,
                        "a flow reads and writes below " + files.folder()
                                + "; name a folder in there, such as file:export"));
    }

    private Optional<Mistake> fileOption(FlowDocument document, Given option) {
        if (option.name().equals("jailStartingDirectory") && !option.value().equals("true")) {
            return Optional.of(option.nameAt()
                    .mistake(
                            document,
                            Mistake.Code.OUTSIDE_DATA,
                            "a flow may not leave its folder",
                            "remove the option"));
        }
        return FileRule.isFileOption(option.name())
                ? file(document, option.valueAt(), placeholders.resolved(option.value()))
                : Optional.empty();
    }

    private Optional<Mistake> ownPath(FlowDocument document, Place at, String path) {
        if (Shipped.has(document.path())) {
            return Optional.empty();
        }
        String plain = "/" + placeholders.resolved(path).replaceFirst("^/+", "");
        return OWN_PATHS.stream()
                .filter(own -> plain.equals("/") || plain.equals(own) || plain.startsWith(own + "/"))
                .findFirst()
                .map(own -> at.mistake(
                        document,
                        Mistake.Code.FORBIDDEN_COMPONENT,
                        "requests for " + Quoted.of(plain) + " are answered by the hub itself",
                        "answer below a path of your own, such as /my"));
    }

    private Optional<Mistake> dataSource(FlowDocument document, ScalarNode at, Address address) {
        String name = placeholders.resolved(address.path());
        Set<String> sources = new TreeSet<>();
        known.beans().forEach((bean, type) -> {
            if (javax.sql.DataSource.class.isAssignableFrom(type) && known.mayCall(document.path(), bean)) {
                sources.add(bean);
            }
        });
        if (sources.contains(name) || name.contains("${")) {
            return Optional.empty();
        }
        return Optional.of(Place.of(document, at, address.pathAt())
                .mistake(
                        document,
                        Mistake.Code.UNKNOWN_BEAN,
                        "there is no database " + Quoted.of(name),
                        Meant.orAny(name, sources)));
    }

    /** Where {@code file:} reaches. */
    Path folder() {
        return files.folder();
    }
}
