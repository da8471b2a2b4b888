/** Who may connect, and what each may say: credentials of devices, claim codes, and the accounts that brokers are given. */
@NullMarked
package org.caravanhub.access;

import org.jspecify.annotations.NullMarked;
