/**
 * The embedded broker and who may say what on it. An {@link org.caravanhub.broker.Account} is a user with topic rules;
 * an {@link org.caravanhub.broker.EmbeddedBroker} enforces the same accounts whether it is a Mosquitto beside the hub or
 * a broker inside the process. See docs/reference/broker.md.
 */
@NullMarked
package org.caravanhub.broker;

import org.jspecify.annotations.NullMarked;
