package org.caravanhub.salvage;

import java.util.Optional;

/**
 * Rows that are gone with a page, or a part of one.
 *
 * @param table whose rows they were; empty if nothing tells
 * @param rowsAtMost how many, at most
 * @param before the last row before them in the order of the table's key; empty if they may be its first, or nothing tells
 * @param after the first row after them; empty if they may be its last, or nothing tells
 */
public record Lost(String table, int rowsAtMost, Optional<Row> before, Optional<Row> after) {}
