/** What the hub tells its owner: a flow says {@code notify:}, and the notice goes wherever notices go. */
@NullMarked
package org.caravanhub.notice;

import org.jspecify.annotations.NullMarked;
