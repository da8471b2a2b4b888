package org.caravanhub.flow;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravanhub.text.Hidden;
import org.caravanhub.text.Quoted;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says of an exception from Camel what is wrong with a flow file, and where. */
final class NotStarted {
    /** Camel's name of a place: {@code reading/a.camel.yaml:9}. */
    private static final Pattern PLACE = Pattern.compile("\\.camel\\.yaml:(\\d{1,6})");

    private NotStarted() {}

    /** Camel's reason, at the line that it tells, or else at the first line of the unit. */
    static Mistake mistake(Unit unit, Throwable thrown) {
        Throwable deepest = thrown;
        int line = unit.line();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYamlEngineException marked) {
                Optional<Mark> mark = marked.getProblemMark().or(marked::getContextMark);
                return at(
                        unit,
                        mark.map(at -> at.getLine() + 1).orElse(line),
                        mark.map(at -> at.getColumn() + 1).orElse(0),
                        Mistake.Code.NOT_YAML,
                        Hidden.in(String.valueOf(marked.getProblem())));
            }
            Matcher place = PLACE.matcher(String.valueOf(cause.getMessage()));
            if (place.find()) {
                line = Integer.parseInt(place.group(1));
            }
            deepest = cause;
        }
        String message = deepest.getMessage();
        String reason = message == null
                ? deepest.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
        return at(
                unit,
                line,
                0,
                Mistake.Code.NOT_STARTED,
                "the flow could not be started: " + Quoted.atLength(Hidden.in(reason)));
    }

    private static Mistake at(Unit unit, int line, int column, Mistake.Code code, String message) {
        String excerpt = unit.text().lines().skip(line - 1L).findFirst().orElse("");
        return new Mistake(
                unit.path(), line, column, code, message, "", excerpt.substring(0, Math.min(excerpt.length(), 200)));
    }
}
