/** What keeps the store small for years: how much is done at a time, what may go, and how long the room lasts. */
@NullMarked
package org.caravanhub.upkeep;

import org.jspecify.annotations.NullMarked;
