/**
 * The library of firmware: files that arrive, are judged, and are published whole or not at all. Each is named by its SHA-256, and no name
 * that a client sent is ever part of a path. No Camel, no JDBC, no HTTP.
 */
@NullMarked
package org.caravanhub.ota.library;

import org.jspecify.annotations.NullMarked;
