/**
 * The hub seen from outside, with it up or down: what it needs on this machine, and what only somebody else than the hub may see. Looks, and
 * changes nothing; what may be mended safely is named, and done only when asked.
 */
@NullMarked
package org.caravanhub.doctor;

import org.jspecify.annotations.NullMarked;
