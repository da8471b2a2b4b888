package org.caravanhub.flow.watch;

/**
 * A step in the picture of a flow.
 *
 * @param id unique in the hub
 * @param kind its name in the file: {@code choice}, {@code bean}; {@code from} for where the flow begins
 * @param label what it is exactly: {@code store:reading}, {@code bean[pakuData]}; passwords masked
 * @param description a person's words for it; may be empty
 * @param line in its file, from 1; 0 if that is unknown
 * @param parent the id of the step that it is in; empty if it is in none
 * @param level how deep it is in others, from 0
 */
public record Node(String id, String kind, String label, String description, int line, String parent, int level) {}
