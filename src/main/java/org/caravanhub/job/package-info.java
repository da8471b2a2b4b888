/**
 * Long work of the hub that somebody has asked for: one at a time, and how far it is can be asked. Kept in memory only; a start of the hub
 * forgets it.
 */
@NullMarked
package org.caravanhub.job;

import org.jspecify.annotations.NullMarked;
