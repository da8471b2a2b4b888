package org.caravanhub.http;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.caravanhub.text.Nearest;
import org.caravanhub.text.Quoted;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the contract.
 *
 * @param id its name: of the route and of its file too
 * @param method the HTTP method
 * @param path the path, with {@code {id}} for a part that differs
 * @param below what the path may have before it and still be the same: {@code /ota}; empty if nothing
 * @param schemes how one may sign in: {@code bearer}, {@code basic}; none if nobody has to
 * @param lane the line it waits in; empty if it never waits
 * @param handler the class that answers instead of a route; empty if a route does
 * @param parameters what may be in the path and in the query
 * @param bodyTypes the media types of the body that it takes; none if it takes no body
 * @param forDevices whether a device's own credential is enough
 * @param expectsKey whether who signs in with nothing is told of {@code X-API-Key}, as the service did that had these paths before
 * @param openBy the word of the settings by which nobody has to sign in, {@code anyone} if nobody ever has to; empty if nothing opens it
 * @param isLenient whether it was there before the hub, with clients that cannot be changed: what the query has beyond the contract is
 *     passed over, and what is wrong in it is {@link ProblemCode#NOT_UNDERSTOOD}
 */
public record Operation(
        String id,
        String method,
        String path,
        String below,
        Set<String> schemes,
        String lane,
        String handler,
        List<Parameter> parameters,
        Set<String> bodyTypes,
        boolean forDevices,
        boolean expectsKey,
        String openBy,
        boolean isLenient) {

    private static final Pattern ENCODED_PLUS = Pattern.compile("%2B", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENCODED_SLASH = Pattern.compile("%2F", Pattern.CASE_INSENSITIVE);

    /**
     * Something that may be in the path or in the query.
     *
     * @param name as it is written
     * @param isInPath whether it is a part of the path
     * @param isInHeader whether it is a header
     * @param isRequired whether it has to be there
     * @param hasSlashes whether a part of the path is a path itself, its slashes written {@code %2F}
     * @param rule what it may be
     * @param otherwise the value if it is left out
     */
    record Parameter(
            String name,
            boolean isInPath,
            boolean isInHeader,
            boolean isRequired,
            boolean hasSlashes,
            Rule rule,
            Optional<String> otherwise) {}

    /** Whether a credential is needed. */
    public boolean isOpen() {
        return schemes.isEmpty();
    }

    /** Whether {@code X-API-Key} says who asks: where it was sent, and where nothing was sent and a key is expected. */
    boolean takesKey(boolean isSent) {
        return schemes.contains("apiKey") && (isSent || expectsKey);
    }

    /** The parts of the path that differ, if this is the operation's path, compared letter by letter. */
    Optional<Map<String, String>> match(String asked) {
        String[] wanted = path.split("/", -1);
        String[] parts = withoutBelow(asked).split("/", -1);
        if (wanted.length != parts.length) {
            return Optional.empty();
        }
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < parts.length; i++) {
            if (wanted[i].startsWith("{") && !parts[i].isEmpty()) {
                String name = wanted[i].substring(1, wanted[i].length() - 1);
                // A plus is one of few characters that clients write in both ways.
                String part = ENCODED_PLUS.matcher(parts[i]).replaceAll("+");
                found.put(name, hasSlashes(name) ? ENCODED_SLASH.matcher(part).replaceAll("/") : part);
            } else if (!wanted[i].equals(parts[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(found);
    }

    private String withoutBelow(String asked) {
        return !below.isEmpty() && asked.startsWith(below + "/") ? asked.substring(below.length()) : asked;
    }

    private boolean hasSlashes(String name) {
        return parameters.stream()
                .anyMatch(
                        parameter -> parameter.hasSlashes() && parameter.name().equals(name));
    }

    /** The headers that are parameters, as far as they are there. */
    Map<String, String> headers(UnaryOperator<@Nullable String> header) {
        Map<String, String> given = new HashMap<>();
        for (Parameter parameter : parameters) {
            String value = parameter.isInHeader() ? header.apply(parameter.name()) : null;
            if (value != null) {
                given.put(parameter.name(), value);
            }
        }
        return given;
    }

    /**
     * The values of the parameters, each as its {@link Rule} reads it.
     *
     * @param elsewhere the parts of the path, and headers
     * @param query names and values of the query, in the order they were sent
     * @throws Problem with every fault there is
     */
    Map<String, Object> read(Map<String, String> elsewhere, List<Map.Entry<String, String>> query, Clock clock) {
        List<Fault> faults = new ArrayList<>();
        Map<String, String> given = new HashMap<>(elsewhere);
        Map<String, Parameter> known = new HashMap<>();
        for (Parameter parameter : parameters) {
            known.put(parameter.name(), parameter);
        }
        for (Map.Entry<String, String> pair : query) {
            Parameter parameter = known.get(pair.getKey());
            if (parameter == null || parameter.isInPath() || parameter.isInHeader()) {
                if (isLenient) {
                    continue;
                }
                faults.add(unknown(pair.getKey()));
            } else if (given.put(pair.getKey(), pair.getValue()) != null) {
                faults.add(new Fault(pair.getKey(), "repeated", pair.getKey() + " is there twice.", "say it once"));
            }
        }
        Map<String, Object> values = new HashMap<>();
        for (Parameter parameter : parameters) {
            Optional<String> text =
                    Optional.ofNullable(given.get(parameter.name())).or(parameter::otherwise);
            if (text.isPresent()) {
                read(parameter, text.get(), clock, values, faults);
            } else if (parameter.isRequired()) {
                faults.add(new Fault(
                        parameter.name(), "missing", parameter.name() + " is missing.", "add it to the query"));
            }
        }
        if (!faults.isEmpty()) {
            throw Problem.parameters(isLenient ? ProblemCode.NOT_UNDERSTOOD : ProblemCode.INVALID_PARAMETER, faults);
        }
        return Map.copyOf(values);
    }

    private static void read(
            Parameter parameter, String text, Clock clock, Map<String, Object> values, List<Fault> faults) {
        try {
            values.put(parameter.name(), parameter.rule().read(text, clock));
        } catch (Rule.Broken e) {
            faults.add(e.fault(parameter.name(), text));
        }
    }

    private Fault unknown(String name) {
        List<String> names = parameters.stream()
                .filter(parameter -> !parameter.isInPath() && !parameter.isInHeader())
                .map(Parameter::name)
                .toList();
        String hint = Nearest.to(name, names)
                .map(near -> "did you mean " + near + "?")
                .orElse(names.isEmpty() ? "there are no parameters here" : "there are " + String.join(", ", names));
        return new Fault(Quoted.of(name), "unknown", "There is no parameter " + Quoted.of(name) + ".", hint);
    }
}
