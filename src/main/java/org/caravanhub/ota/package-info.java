/** Firmware over the air: which releases there are, which device is offered which of them, and what became of it. No Camel, no JDBC. */
@NullMarked
package org.caravanhub.ota;

import org.jspecify.annotations.NullMarked;
