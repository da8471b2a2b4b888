/** Versions as the builders of firmware write them, and which of two is the older one, if that can be said. */
@NullMarked
package org.caravanhub.ota.version;

import org.jspecify.annotations.NullMarked;
