/**
 * Whose firmware is believed: the owner's trusted keys, which models take signed releases only, and the judgement of an upload that follows
 * from both. No Camel, no JDBC.
 */
@NullMarked
package org.caravanhub.ota.trust;

import org.jspecify.annotations.NullMarked;
