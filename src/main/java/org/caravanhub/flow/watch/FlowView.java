package org.caravanhub.flow.watch;

import java.util.Optional;
import org.caravanhub.flow.FlowState;

/**
 * A flow as it is now.
 *
 * @param id its id
 * @param state how it is
 * @param description a person's sentence; may be empty
 * @param group the feature that it belongs to; may be empty
 * @param file the path of its file, relative to the folder of flows; empty if it is not of a file
 * @param line where it begins in the file, from 1; 0 if that is unknown
 * @param begins the endpoint that it begins with; empty if no version of it runs
 * @param problem what is wrong with its file; empty if nothing is
 * @param figures what passed it; empty if no version of it runs
 */
public record FlowView(
        String id,
        FlowState state,
        String description,
        String group,
        String file,
        int line,
        String begins,
        Optional<String> problem,
        Optional<FlowFigures> figures) {
    /** Why it is failing; empty if it is not. */
    public Optional<Trouble> trouble() {
        return figures.flatMap(FlowFigures::trouble);
    }

    /** {@code alert/frost.camel.yaml:9}, of a step on this line. */
    public String place(int stepLine) {
        return file + (stepLine > 0 ? ":" + stepLine : "");
    }
}
