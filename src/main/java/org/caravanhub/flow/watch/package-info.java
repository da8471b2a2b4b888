/**
 * Watches flows at work: counts what passes each step, finds steps that fail or hang, and draws a flow as a picture. Watching costs a
 * message two looks at the clock for each step, and no lock.
 */
@NullMarked
package org.caravanhub.flow.watch;

import org.jspecify.annotations.NullMarked;
