package org.caravanhub.ota;

import java.util.HashSet;
import java.util.Set;

/**
 * A device, as far as it matters which firmware it gets. What is not known is empty.
 *
 * @param device its id
 * @param model what its owner says of it, or else what it says itself
 * @param isOwnersModel whether the owner said so: then nothing that it says itself counts
 * @param version what it told last that it runs
 * @param macs its addresses, 12 hexadecimal digits in capitals
 * @param group of the registry
 * @param isDisabled whether its owner wants nothing of it
 */
public record Member(
        String device,
        String model,
        boolean isOwnersModel,
        String version,
        Set<String> macs,
        String group,
        boolean isDisabled) {
    public Member {
        macs = Set.copyOf(macs);
    }

    /** The same, with what it says of itself when it asks. */
    Member asking(Inquiry inquiry) {
        Set<String> addresses = new HashSet<>(macs);
        if (!inquiry.mac().isEmpty()) {
            addresses.add(inquiry.mac());
        }
        return new Member(
                device,
                isOwnersModel || inquiry.model().isEmpty() ? model : inquiry.model(),
                isOwnersModel,
                inquiry.version().isEmpty() ? version : inquiry.version(),
                addresses,
                group,
                isDisabled);
    }
}
