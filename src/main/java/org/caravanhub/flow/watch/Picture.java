package org.caravanhub.flow.watch;

import java.util.List;
import java.util.Optional;

/**
 * A flow as a graph.
 *
 * @param nodes in the order of the file; the first is where it begins
 * @param edges between them, and to flows that are called
 * @param policy what is done when a step fails: the id of a policy; empty if there is none
 */
public record Picture(List<Node> nodes, List<Edge> edges, Optional<String> policy) {}
