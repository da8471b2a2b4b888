package org.caravanhub.device;

import java.util.Optional;

/**
 * A device that was heard, or is registered, or both.
 *
 * @param id its id
 * @param heard what the hub knows from what it said; empty if it was never heard
 * @param registration what the owner knows of it; empty for an unknown client
 * @param firmware the version that it told last; empty if it never did
 * @param toldModel the model that it told last; empty if it never did
 */
public record KnownDevice(
        String id, Optional<Device> heard, Optional<Registration> registration, String firmware, String toldModel) {

    /** Whether nothing is taken from it. */
    public boolean isDisabled() {
        return registration.map(Registration::isDisabled).orElse(false);
    }

    /** The protocol family that its owner says, or else the one that it spoke; empty if only garbage came. */
    public String family() {
        return registration
                .map(known -> known.topics().family())
                .filter(family -> !family.isEmpty())
                .or(() -> heard.map(Device::family))
                .orElse("");
    }

    /** What kind of device it is, as its owner says or else as it told. */
    public String model() {
        return registration
                .map(Registration::model)
                .filter(model -> !model.isEmpty())
                .orElse(toldModel);
    }
}
