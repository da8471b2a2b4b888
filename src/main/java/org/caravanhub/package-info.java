/** The program: {@link org.caravanhub.Caravan} starts it, {@link org.caravanhub.Wiring} knows everybody. */
@NullMarked
package org.caravanhub;

import org.jspecify.annotations.NullMarked;
