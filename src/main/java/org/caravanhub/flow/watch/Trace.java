package org.caravanhub.flow.watch;

import java.util.List;

/**
 * A look at what a trace has noted so far.
 *
 * @param id by which it is asked for
 * @param flow the flow that is traced
 * @param steps in the order in which they ended
 * @param next the number to ask for what follows
 * @param isOver whether nothing follows
 */
public record Trace(String id, String flow, List<TracedStep> steps, int next, boolean isOver) {}
