package org.caravanhub.flow.watch;

/**
 * That a message goes from one step to another.
 *
 * @param from id of a node
 * @param to id of a node
 * @param kind {@code next}, {@code inner} into a step that encloses others, {@code branch} to one way of several, or {@code call} to
 *     another flow, whose id {@code to} is then
 */
public record Edge(String from, String to, String kind) {}
