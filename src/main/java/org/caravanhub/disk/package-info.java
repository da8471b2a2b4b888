/** What the hub does when the disk that it keeps everything on is nearly full. Knows what to give up only by name. */
@NullMarked
package org.caravanhub.disk;

import org.jspecify.annotations.NullMarked;
