/** Runs a message through a flow without anything coming of it: nothing is stored, sent or asked. */
@NullMarked
package org.caravanhub.rehearsal;

import org.jspecify.annotations.NullMarked;
