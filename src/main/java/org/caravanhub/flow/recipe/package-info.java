/** Recipes: complete flows to begin one's own with, each under an id of one's own. */
@NullMarked
package org.caravanhub.flow.recipe;

import org.jspecify.annotations.NullMarked;
