/**
 * What all answers over HTTP share. {@link org.caravanhub.http.HttpEdge} is the one port; before any route sees a request, it is
 * signed in, freed of what could steer Camel, and checked against {@code openapi.yaml} by {@link org.caravanhub.http.Contract};
 * what goes wrong is a {@link org.caravanhub.http.Problem}.
 */
@NullMarked
package org.caravanhub.http;

import org.jspecify.annotations.NullMarked;
