/** Firmware that is uploaded over HTTP: taken as it comes, a few blocks at a time in memory however large it is. */
@NullMarked
package org.caravanhub.upload;

import org.jspecify.annotations.NullMarked;
