/**
 * Devices that are emulated inside the hub's process, for the demo and for preparing a faster start. They connect to the broker
 * over its real port, each with a credential of its own, like any device.
 */
@NullMarked
package org.caravanhub.demo;

import org.jspecify.annotations.NullMarked;
