/** Mends what is in quarantine: shows it in groups, tries it on the flows as they are now, and replays it. */
@NullMarked
package org.caravanhub.quarantine;

import org.jspecify.annotations.NullMarked;
