/** What time it is, and how much that may be believed. */
@NullMarked
package org.caravanhub.clock;

import org.jspecify.annotations.NullMarked;
