/**
 * Whether somebody whom the owner trusts signed a file: ECDSA P-256 as {@code openssl} makes it, and minisign. Nothing of it is loaded
 * before there is something to check.
 */
@NullMarked
package org.caravanhub.ota.signature;

import org.jspecify.annotations.NullMarked;
