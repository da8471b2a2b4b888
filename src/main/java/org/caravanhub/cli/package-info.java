/**
 * The command line. {@link org.caravanhub.cli.Commands} is its table of contents. It asks the hub over the same HTTP API as everybody,
 * and knows nothing of Camel: only {@code up} and {@code demo} reach the hub itself, through {@link org.caravanhub.cli.Foreground}.
 */
@NullMarked
package org.caravanhub.cli;

import org.jspecify.annotations.NullMarked;
