/**
 * What Linux says of the machine that the hub runs on, in {@code /proc} and {@code /sys}: memory, disk, temperature, and the voltage of a
 * Raspberry Pi. Read as any user may, without a program; what a machine does not have is not told of. Tests have trees of their own.
 */
@NullMarked
package org.caravanhub.machine;

import org.jspecify.annotations.NullMarked;
