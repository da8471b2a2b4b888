package org.caravanhub.broker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Mosquitto says, in the hub's log: errors and warnings as they are, once for a run of the same; connections coming
 * and going as DEBUG. It is not asked to log topics or payloads, and never logs passwords. May be shared by threads.
 */
final class MosquittoLog {
    private static final Logger LOG = LoggerFactory.getLogger(MosquittoLog.class);
    private static final int KEPT_LINES = 10;
    private static final int SHOWN_CHARACTERS = 200;

    /** Known, and explained in docs/reference/broker.md. */
    private static final String RUNS_AS_ROOT = "Warning: Mosquitto should not be run as root";

    private final Deque<String> lastErrors = new ArrayDeque<>();
    private @Nullable String lastWarning;

    /** Takes one line. */
    synchronized void line(String line) {
        String shown = shown(line);
        if (line.startsWith(RUNS_AS_ROOT)) {
            LOG.debug("mosquitto says=\"{}\"", shown);
        } else if (line.startsWith("Error:") || line.startsWith("Warning:")) {
            if (lastErrors.size() == KEPT_LINES) {
                lastErrors.removeFirst();
            }
            lastErrors.addLast(shown);
            if (shown.equals(lastWarning)) {
                LOG.debug("mosquitto says=\"{}\"", shown);
            } else {
                LOG.warn("mosquitto says=\"{}\"", shown);
                lastWarning = shown;
            }
        } else {
            LOG.debug("mosquitto says=\"{}\"", shown);
        }
    }

    /** The last errors and warnings since {@link #forgetErrors}, oldest first. */
    synchronized List<String> lastErrors() {
        return List.copyOf(lastErrors);
    }

    /** For a new process: what the one before said is no reason any more. */
    synchronized void forgetErrors() {
        lastErrors.clear();
    }

    /** Client ids and topics are foreign text. */
    private static String shown(String line) {
        String cut = line.length() > SHOWN_CHARACTERS ? line.substring(0, SHOWN_CHARACTERS) + "…" : line;
        return Plain.line(cut).replace('"', '\'');
    }
}
