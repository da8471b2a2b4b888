/** What the hub knows of the power that it runs on: stations, their energy, and when it is so little that the hub does less itself. */
@NullMarked
package org.caravanhub.power;

import org.jspecify.annotations.NullMarked;
