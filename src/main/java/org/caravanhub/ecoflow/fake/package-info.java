/**
 * EcoFlow's cloud on this machine, for the demo and for tests. It checks signatures by a second writing-down of the maker's rule, and
 * misbehaves when it is told to. Nothing of it is there in a hub that does not ask for it.
 */
@NullMarked
package org.caravanhub.ecoflow.fake;

import org.jspecify.annotations.NullMarked;
