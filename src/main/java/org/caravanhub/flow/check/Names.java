package org.caravanhub.flow.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.caravanhub.flow.FlowDocument;
import org.caravanhub.flow.Mistake;
import org.caravanhub.text.Quoted;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The ids and {@code direct:} names of all files together: each id once, and each that is mentioned somewhere. */
final class Names {
    private static final Map<String, String> WORDS =
            Map.of("routeConfiguration", "policy", "routeTemplate", "template");

    private final Placeholders placeholders;
    private final Map<String, Owner> owners = new HashMap<>();
    private final Map<String, Set<String>> entries = new HashMap<>();
    private final Map<String, FlowDocument.Entry> templates = new HashMap<>();
    private final Set<String> starts = new HashSet<>();

    private record Owner(FlowDocument document, ScalarNode id) {}

    /** @param all every file; of two that have one id, the first has the right to it */
    Names(Collection<Outline> all, Placeholders placeholders) {
        this.placeholders = placeholders;
        for (Outline outline : all) {
            outline.all(Found.Id.class)
                    .filter(Names::isOfTheFile)
                    .sorted(Comparator.comparing(id -> FlowDocument.line(id.name())))
                    .forEach(id -> owners.putIfAbsent(id.name().getValue(), new Owner(outline.document(), id.name())));
            outline.document().entries().forEach(entry -> {
                entries.computeIfAbsent(plain(entry.kind()), kind -> new TreeSet<>())
                        .add(entry.id());
                if (plain(entry.kind()).equals("routeTemplate")) {
                    templates.put(entry.id(), entry);
                }
            });
            outline.all(Found.Endpoint.class)
                    .filter(endpoint -> endpoint.role() == Found.Endpoint.Role.START)
                    .forEach(endpoint -> direct(endpoint).ifPresent(starts::add));
        }
    }

    /** Ids inside of a template become ids when a flow is made of it. */
    private static boolean isOfTheFile(Found.Id id) {
        return (id.isEntry() || !plain(id.entry().kind()).equals("routeTemplate"))
                && !id.name().getValue().contains("{{");
    }

    void check(Outline outline, Consumer<Mistake> mistakes) {
        outline.all(Found.Id.class).filter(Names::isOfTheFile).forEach(id -> duplicate(outline.document(), id)
                .ifPresent(mistakes));
        links(outline, mistakes);
    }

    /** Only what a file mentions. */
    void links(Outline outline, Consumer<Mistake> mistakes) {
        FlowDocument document = outline.document();
        outline.all(Found.Link.class).forEach(link -> link(document, link, mistakes));
        outline.all(Found.Endpoint.class)
                .filter(endpoint -> endpoint.role() != Found.Endpoint.Role.START)
                .forEach(endpoint -> unheard(document, endpoint).ifPresent(mistakes));
    }

    private Optional<Mistake> duplicate(FlowDocument document, Found.Id id) {
        String name = id.name().getValue();
        Owner owner = owners.get(name);
        if (name.isBlank()) {
            return Optional.of(document.mistake(id.name(), Mistake.Code.WRONG_VALUE, "the id is empty", ""));
        }
        if (id.isEntry() && !name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            return Optional.of(document.mistake(
                    id.name(),
                    Mistake.Code.WRONG_VALUE,
                    "an id may have letters, digits, dots and hyphens",
                    "such as low-battery"));
        }
        if (owner == null || owner.id() == id.name()) {
            return Optional.empty();
        }
        String where = owner.document().path().equals(document.path())
                ? "in line " + FlowDocument.line(owner.id())
                : "by " + owner.document().path() + ":" + FlowDocument.line(owner.id()) + ":"
                        + FlowDocument.column(owner.id());
        return Optional.of(document.mistake(
                id.name(),
                Mistake.Code.DUPLICATE_ID,
                "the id " + Quoted.of(name) + " is used " + where + " already",
                "ids of flows, policies, templates and steps are unique over all files"));
    }

    private void link(FlowDocument document, Found.Link link, Consumer<Mistake> mistakes) {
        String value = link.name().getValue();
        Set<String> there = entries.getOrDefault(link.kind(), Set.of());
        int at = 0;
        for (String piece : value.split(",", -1)) {
            String name = placeholders.resolved(piece).strip();
            if (!there.contains(name) && !name.contains("*") && !name.isEmpty() && !name.contains("{{")) {
                mistakes.accept(Place.of(document, link.name(), at + piece.indexOf(piece.strip()))
                        .mistake(
                                document,
                                Mistake.Code.UNKNOWN_FLOW,
                                "there is no " + WORDS.get(link.kind()) + " " + Quoted.of(name),
                                Meant.orAny(name, there)));
            }
            at += piece.length() + 1;
        }
        if (link.kind().equals("routeTemplate") && templates.containsKey(value)) {
            parameters(document, link, Optional.ofNullable(templates.get(value)).orElseThrow(), mistakes);
        }
    }

    private static void parameters(
            FlowDocument document, Found.Link link, FlowDocument.Entry template, Consumer<Mistake> mistakes) {
        List<Placeholders.Parameter> asked = Placeholders.parameters(template.node());
        List<Placeholders.Parameter> given =
                Placeholders.parameters(link.entry().node());
        Set<String> names = new TreeSet<>();
        asked.forEach(parameter -> names.add(parameter.name()));
        given.stream()
                .filter(parameter -> !names.contains(parameter.name()))
                .forEach(parameter -> mistakes.accept(document.mistake(
                        parameter.at(),
                        Mistake.Code.UNKNOWN_FIELD,
                        Quoted.of(template.id()) + " has no parameter " + Quoted.of(parameter.name()),
                        Meant.orAny(parameter.name(), names))));
        asked.stream()
                .filter(Placeholders.Parameter::isRequired)
                .filter(parameter -> given.stream().noneMatch(any -> any.name().equals(parameter.name())))
                .forEach(parameter -> mistakes.accept(document.mistake(
                        link.name(),
                        Mistake.Code.MISSING_FIELD,
                        Quoted.of(template.id()) + " needs the parameter " + Quoted.of(parameter.name()),
                        "")));
    }

    private Optional<Mistake> unheard(FlowDocument document, Found.Endpoint endpoint) {
        return direct(endpoint)
                .filter(name -> !starts.contains(name))
                .filter(name -> !endpoint.uri().getValue().contains("failIfNoConsumers=false"))
                .map(name -> Place.of(
                                document,
                                endpoint.uri(),
                                endpoint.uri().getValue().indexOf(':') + 1)
                        .mistake(
                                document,
                                Mistake.Code.UNKNOWN_FLOW,
                                "no flow begins at " + Quoted.of("direct:" + name),
                                Meant.orAny(name, starts)));
    }

    /** The name of a {@code direct:} endpoint, if it is one and known before it runs. */
    private Optional<String> direct(Found.Endpoint endpoint) {
        String written = endpoint.uri().getValue();
        boolean isOfTemplate = Placeholders.parametersOf(endpoint.entry()).stream()
                .anyMatch(parameter -> written.contains("{{" + parameter));
        Address address = Address.of(placeholders.resolved(written));
        boolean isKnown = !isOfTemplate
                && address.scheme().equals("direct")
                && !address.path().contains("${");
        return isKnown && !address.path().isEmpty() ? Optional.of(address.path()) : Optional.empty();
    }

    private static String plain(String kind) {
        return org.apache.camel.util.StringHelper.dashToCamelCase(kind);
    }
}
