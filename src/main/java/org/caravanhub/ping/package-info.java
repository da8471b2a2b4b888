/**
 * Whether the hub takes messages, tried with one of its own: by way of the broker, a subscription and the queue of the writer, and back. Once
 * a minute; at the watchdog's pace under systemd, which is told of each.
 */
@NullMarked
package org.caravanhub.ping;

import org.jspecify.annotations.NullMarked;
