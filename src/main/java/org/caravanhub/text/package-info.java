/** Words that somebody else wrote: how they are shown without harm, and what was meant where they are wrong; and words as a picture. It knows nobody. */
@NullMarked
package org.caravanhub.text;

import org.jspecify.annotations.NullMarked;
