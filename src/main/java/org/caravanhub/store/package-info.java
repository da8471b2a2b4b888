/**
 * What is kept. The component {@code store:} takes outcomes from flows and completes their exchanges when they are committed;
 * {@link org.caravanhub.store.GroupCommit} is the only writer, {@link org.caravanhub.store.Database} owns the file.
 */
@NullMarked
package org.caravanhub.store;

import org.jspecify.annotations.NullMarked;
