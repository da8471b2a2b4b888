/**
 * Backups: everything that a hub needs to be itself again, in one file that was opened and checked before it got its name, and the way back.
 * Knows no Camel and no SQL; the database is asked for a copy of itself.
 */
@NullMarked
package org.caravanhub.backup;

import org.jspecify.annotations.NullMarked;
