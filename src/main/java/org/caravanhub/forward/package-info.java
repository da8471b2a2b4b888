/** What flows need that pass readings on to other programs: the forms in which these want them. */
@NullMarked
package org.caravanhub.forward;

import org.jspecify.annotations.NullMarked;
