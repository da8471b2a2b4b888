package org.caravanhub.live;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.caravanhub.reading.Reading;

/**
 * A single value that was just kept, as a flow sees it: {@code ${body.device}}, {@code ${body.value}}, {@code ${body.time}}. As text
 * it is JSON that {@code store:reading} takes.
 *
 * @param device whose it is
 * @param metric which one
 * @param value a {@link Number}, Boolean or text
 * @param time when it was measured, or received if the device's time cannot be believed
 * @param recovered whether it has come back over a limit that it had crossed
 * @param flags what is doubtful about it, as the API writes it: {@code late}
 * @param family the protocol family of the device
 * @param site where the installation is, as the device says it; empty if it does not
 * @param location where the device is, as the device says it; empty if it does not
 */
public record LiveValue(
        String device,
        String metric,
        Object value,
        Instant time,
        boolean recovered,
        Set<String> flags,
        String family,
        String site,
        String location)
        implements Told {

    /** The value of this metric in a reading, if it has it. */
    public static Optional<LiveValue> of(Reading reading, String metric) {
        return MetricValues.of(reading.metrics(), metric)
                .map(value -> new LiveValue(
                        reading.source().device(),
                        metric,
                        value,
                        Doubt.timeOf(reading),
                        false,
                        LiveReading.words(reading),
                        reading.source().family(),
                        reading.source().site(),
                        reading.source().location()));
    }

    /** The same, back over its limit or not. */
    public LiveValue whenBack(boolean isBack) {
        return new LiveValue(device, metric, value, time, isBack, flags, family, site, location);
    }

    /** The value as a number: a truth is 1 or 0, a text is none. */
    public OptionalDouble number() {
        if (value instanceof Number number) {
            return OptionalDouble.of(number.doubleValue());
        }
        return value instanceof Boolean truth ? OptionalDouble.of(truth ? 1 : 0) : OptionalDouble.empty();
    }

    @Override
    public String text() {
        return "{\"device\":\"" + device + "\",\"time\":\"" + time + "\",\"metrics\":{\"" + metric + "\":"
                + MetricValues.json(value) + "}}";
    }

    @Override
    public String toString() {
        return text();
    }
}
