package org.caravanhub.store;

import java.util.List;
import java.util.Optional;

/**
 * Which messages in quarantine are meant; what is left out means all.
 *
 * @param ids these numbers; none for all
 * @param cause a word of {@link org.caravanhub.reading.Malformed.Cause}
 */
public record QuarantineSelection(
        List<Long> ids, Optional<String> cause, Optional<String> flow, Optional<String> step, Optional<String> device) {
    /** Everything. */
    public static final QuarantineSelection ALL =
            new QuarantineSelection(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Values for :ids, :cause, :flow, :step and :device. */
    Values values(Dialect dialect) {
        String numbers = String.join(",", ids.stream().map(String::valueOf).toList());
        return new Values()
                .with("ids", ids.isEmpty() ? null : dialect == Dialect.SQLITE ? "[" + numbers + "]" : numbers)
                .with("cause", cause.orElse(null))
                .with("flow", flow.orElse(null))
                .with("step", step.orElse(null))
                .with("device", device.orElse(null));
    }
}
