package org.caravanhub.flow.check;

import org.caravanhub.flow.Mistake;

/**
 * A flow with one mistake.
 *
 * @param name what somebody did
 * @param yaml the file; {@code «} stands right before the place of the mistake and is no part of it
 * @param code the class of the mistake
 * @param says a part of what it is told with, message or hint
 */
record Wrong(String name, String yaml, Mistake.Code code, String says) {
    private static final String HEAD = """
            - route:
                id: my-flow
                from:
                  uri: direct:my-flow
                  steps:
            """;

    /** A flow with these steps. */
    static Wrong steps(String name, String steps, Mistake.Code code, String says) {
        return new Wrong(name, HEAD + steps.indent(8), code, says);
    }

    /** A flow that begins like this. */
    static Wrong from(String name, String from, Mistake.Code code, String says) {
        return new Wrong(
                name,
                "- route:\n    id: my-flow\n    from:\n" + from.indent(6)
                        + "      steps:\n        - log:\n            message: hello\n",
                code,
                says);
    }

    /** A flow that sends there, in the one-line form and in the form of a map. */
    static Wrong to(String uri, Mistake.Code code, String says) {
        String marked = uri.contains("«") ? uri : "«" + uri;
        return steps("to " + uri.replace("«", ""), "- to:\n    uri: " + marked, code, says);
    }

    /** A flow that sets the body to what this says. */
    static Wrong simple(String expression, Mistake.Code code, String says) {
        return steps(
                expression.replace("«", ""), "- setBody:\n    simple:\n      expression: " + expression, code, says);
    }

    int line() {
        return (int) yaml.substring(0, yaml.indexOf('«'))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
    }

    int column() {
        int at = yaml.indexOf('«');
        return at < 0 ? 0 : at - yaml.lastIndexOf('\n', at);
    }

    String file() {
        return yaml.replace("«", "");
    }

    @Override
    public String toString() {
        return name;
    }
}
