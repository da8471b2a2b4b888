/**
 * What devices measure. A decoder turns a {@link org.caravanhub.message.Message} into {@link org.caravanhub.reading.Outcome}s:
 * readings, or malformed pieces with their reason. Nothing here knows Camel or JDBC.
 */
@NullMarked
package org.caravanhub.reading;

import org.jspecify.annotations.NullMarked;
