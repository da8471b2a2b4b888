/**
 * EcoFlow power stations, as the maker's cloud tells of them: how it is asked, what its answers mean, and when it is better not asked. A
 * station that is not there has no readings; nothing is made up.
 */
@NullMarked
package org.caravanhub.ecoflow;

import org.jspecify.annotations.NullMarked;
