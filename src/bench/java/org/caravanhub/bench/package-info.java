/**
 * Measures Caravan: row layouts of the database, and the way of a message beside that of peers. Nothing here is part of the hub;
 * {@code src/bench/run} and {@code src/bench/row-layouts} say how to start it.
 */
@NullMarked
package org.caravanhub.bench;

import org.jspecify.annotations.NullMarked;
