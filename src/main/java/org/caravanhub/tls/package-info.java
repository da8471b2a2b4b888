/** Certificates of one's own, for a network without the internet: an authority that devices trust, and what a broker shows them. */
@NullMarked
package org.caravanhub.tls;

import org.jspecify.annotations.NullMarked;
