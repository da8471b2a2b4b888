/**
 * What one sends to somebody who helps: one file of texts about machine, hub and configuration, without secrets and without what devices said.
 * Only what is on a list goes in; what is new in the data folder never does by itself. Files and programs only: what a hub at work knows is
 * asked of it by others.
 */
@NullMarked
package org.caravanhub.bundle;

import org.jspecify.annotations.NullMarked;
