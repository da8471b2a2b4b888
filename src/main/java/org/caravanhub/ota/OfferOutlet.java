package org.caravanhub.ota;

/** By which a device is told of an offer without having asked. Called on a thread of the rollouts; safe for use by many threads. */
@FunctionalInterface
public interface OfferOutlet {
    /** Tells nobody: every device asks by itself. */
    OfferOutlet NONE = new OfferOutlet() {
        @Override
        public boolean reaches(String device) {
            return false;
        }

        @Override
        public boolean offer(String device, Release release) {
            return false;
        }
    };

    /** Whether the device is of a kind that can be told. Asked before anything is noted; quick. */
    default boolean reaches(String device) {
        return true;
    }

    /**
     * Tells it, if it can be told so. Repeated with pauses until the device says something of it.
     *
     * @return false if it could not be told now; then nothing was sent
     */
    boolean offer(String device, Release release);
}
