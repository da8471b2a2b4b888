/**
 * The accounts of devices at a Mosquitto elsewhere, by its Dynamic Security plugin: what is there is compared with what is wanted, and
 * only differences are sent. What somebody made by hand is left alone. See docs/decisions/0012-accounts-at-an-outside-mosquitto.md.
 */
@NullMarked
package org.caravanhub.broker.dynsec;

import org.jspecify.annotations.NullMarked;
