package org.caravanhub.store;

/** All that a device of this id ever said is being deleted; what a new one of that id says would go with it. Nothing was changed. */
public final class StillForgetting extends RuntimeException {
    private static final long serialVersionUID = 1;

    StillForgetting(String device) {
        super(
                "All that " + device
                        + " ever said is being deleted, and what it says meanwhile goes with it. Try again when that is done:"
                        + " `caravan device show " + device + "` does not find it any more then.",
                null,
                false,
                false);
    }
}
