package org.caravanhub.ota;

/** Is told what changed, after the commit: for pages. Quick; must not throw. */
public interface RolloutListener {
    /** Nobody listens. */
    RolloutListener NONE = new RolloutListener() {};

    /** It was made, or its state, ring or percentage changed. */
    default void changed(Rollout rollout) {}

    /** A device of it came to another state, or downloaded on. */
    default void changed(DeviceUpdate update) {}
}
