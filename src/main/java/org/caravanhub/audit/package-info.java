/** Who changed what, and when. */
@NullMarked
package org.caravanhub.audit;

import org.jspecify.annotations.NullMarked;
