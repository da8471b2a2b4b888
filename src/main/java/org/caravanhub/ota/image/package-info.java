/**
 * What an uploaded file is: an image that a device can start, or something else, and then what. It is read as a stream, some thousand
 * bytes at a time; no bytes make it throw. {@code docs/reference/firmware-images.md} has the rules in words.
 */
@NullMarked
package org.caravanhub.ota.image;

import org.jspecify.annotations.NullMarked;
