/** What the owner should look at: opened, told, acknowledged, muted, resolved. */
@NullMarked
package org.caravanhub.alert;

import org.jspecify.annotations.NullMarked;
