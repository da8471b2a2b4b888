/** What flows are told of when it has been kept: readings, single values, and values that cross a limit. */
@NullMarked
package org.caravanhub.live;

import org.jspecify.annotations.NullMarked;
