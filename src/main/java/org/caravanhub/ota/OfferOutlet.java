package org.caravanhub.ota;

/** By which a device is told of an offer without having asked. Called on a thread of the rollouts; safe for use by many threads. */
@FunctionalInterface
public interface OfferOutlet {
    /** Tells nobody: every device asks by itself. */
    OfferOutlet NONE = (device, release) -> false;

    /**
     * Tells it, if it can be told so. Repeated with pauses until the device says something of it.
     *
     * @return false if the device is of a kind that asks by itself, or cannot be told now; then nothing was sent
     */
    boolean offer(String device, Release release);
}
