/** Whether devices are there: heard, missed, gone by their last will, behind a gateway that is gone. */
@NullMarked
package org.caravanhub.presence;

import org.jspecify.annotations.NullMarked;
