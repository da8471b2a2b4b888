/**
 * The hub as its owner meets it: a process, a broker, a file. These tests know its command line, its HTTP interface and its
 * database, and none of its classes. Each ends with the conservation equation: what publishers were told is kept, is kept, once.
 * Long versions are tagged {@code endurance}; {@code ./caravan test --endurance} runs them.
 */
@NullMarked
package org.caravanhub.system;

import org.jspecify.annotations.NullMarked;
