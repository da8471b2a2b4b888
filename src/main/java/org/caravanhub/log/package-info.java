/** Log lines: one event, one line, on standard error, where the journal picks them up. */
@NullMarked
package org.caravanhub.log;

import org.jspecify.annotations.NullMarked;
