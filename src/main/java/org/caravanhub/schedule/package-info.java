/** When scheduled flows run: once if they were missed, and never in a storm, whatever the clock does. */
@NullMarked
package org.caravanhub.schedule;

import org.jspecify.annotations.NullMarked;
