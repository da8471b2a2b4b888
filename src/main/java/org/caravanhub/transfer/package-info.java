/**
 * Readings in files and in the databases of other systems: how they are checked and read, and how they are written. Used by the commands
 * for export and import, not by the hub.
 */
@NullMarked
package org.caravanhub.transfer;

import org.jspecify.annotations.NullMarked;
