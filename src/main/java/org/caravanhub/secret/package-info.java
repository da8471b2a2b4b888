/** What flows must know and nobody may read: passwords and tokens, outside of the files that go into git. */
@NullMarked
package org.caravanhub.secret;

import org.jspecify.annotations.NullMarked;
