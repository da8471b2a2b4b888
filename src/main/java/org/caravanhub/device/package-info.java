/** The things that measure: which there are, when they were last heard, and what that says about them. */
@NullMarked
package org.caravanhub.device;

import org.jspecify.annotations.NullMarked;
