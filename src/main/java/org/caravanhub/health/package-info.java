/**
 * How the hub says how it is: checks with what, why and what to do, and measurements in the text format of Prometheus. The
 * features contribute both; HTTP and the command line show them.
 */
@NullMarked
package org.caravanhub.health;

import org.jspecify.annotations.NullMarked;
