/** What the parts that meet in an exchange have agreed on: how one begins, and under which names they leave notes on it. */
@NullMarked
package org.caravanhub.exchange;

import org.jspecify.annotations.NullMarked;
