/** The flow files: where they are, how they get into Camel, and what happens when one is broken. */
@NullMarked
package org.caravanhub.flow;

import org.jspecify.annotations.NullMarked;
