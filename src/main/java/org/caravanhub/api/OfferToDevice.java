package org.caravanhub.api;

import org.caravanhub.ota.Release;

/**
 * An offer on its way to a device, as the flow {@code offer-firmware} gets it.
 *
 * @param device its id
 * @param topic where it listens
 * @param url the image's address, absolute
 */
record OfferToDevice(String device, String topic, Release release, String url) {}
