/**
 * What came in, byte for byte, before anything is known about it: the word that {@code mqtt:}, the decoders and quarantine share; and
 * the filters that say which topics are meant.
 */
@NullMarked
package org.caravanhub.message;

import org.jspecify.annotations.NullMarked;
