package org.caravanhub.flow;

import java.util.Optional;
import org.caravanhub.text.Hidden;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says of an exception from Camel what is wrong with a flow file, and where. */
final class FlowProblem {
    private FlowProblem() {}

    /** {@code reading/a.camel.yaml:9:11: error: what is wrong}; without line and column if Camel does not tell. */
    static String describe(Throwable thrown, String path) {
        StringBuilder text = new StringBuilder(path);
        Throwable deepest = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYamlEngineException marked) {
                position(marked.getProblemMark().or(marked::getContextMark))
                        .ifPresent(position -> text.append(':').append(position));
                return Hidden.in(
                        text.append(": error: ").append(marked.getProblem()).toString());
            }
            deepest = cause;
        }
        String message = deepest.getMessage();
        String firstLine = message == null
                ? deepest.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
        return Hidden.in(text.append(": error: ").append(firstLine).toString());
    }

    private static Optional<String> position(Optional<Mark> mark) {
        return mark.map(at -> (at.getLine() + 1) + ":" + (at.getColumn() + 1));
    }
}
