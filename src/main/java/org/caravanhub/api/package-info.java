/**
 * The operations of the API: each route in {@code routes/api} calls one method here, which turns a {@link
 * org.caravanhub.http.Question} into an {@link org.caravanhub.http.Answer}. The words are those of {@code openapi.yaml}.
 */
@NullMarked
package org.caravanhub.api;

import org.jspecify.annotations.NullMarked;
