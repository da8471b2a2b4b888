package org.caravanhub.ota.trust;

import java.util.Optional;

/**
 * What is said of an upload by whoever uploads it.
 *
 * @param model which devices it is for
 * @param version the version that it is to be published under; empty if it is to be the one in the image
 */
public record Claim(String model, Optional<String> version) {}
