/**
 * The hub as a service of systemd: it says when it takes messages, when it stops, and that it is alive; the last only while a message to
 * itself comes back. Nothing of it exists in a hub that somebody else has started.
 */
@NullMarked
package org.caravanhub.systemd;

import org.jspecify.annotations.NullMarked;
