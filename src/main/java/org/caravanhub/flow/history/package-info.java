/**
 * What each flow file was, and is remembered as, in the data folder: readable with the hub down, and whole after a power cut. Knows
 * neither Camel nor a log, since the command line reads it too.
 */
@NullMarked
package org.caravanhub.flow.history;

import org.jspecify.annotations.NullMarked;
