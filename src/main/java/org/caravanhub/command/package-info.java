/** What devices are asked to do and how they should be configured, and what became of it. */
@NullMarked
package org.caravanhub.command;

import org.jspecify.annotations.NullMarked;
