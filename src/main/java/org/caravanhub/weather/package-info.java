/** What follows from what is measured in the air. */
@NullMarked
package org.caravanhub.weather;

import org.jspecify.annotations.NullMarked;
