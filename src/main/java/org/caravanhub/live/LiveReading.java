package org.caravanhub.live;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;

/**
 * A reading that was just kept, as a flow sees it: {@code ${body.device}}, {@code ${body.time}},
 * {@code ${body.metrics[temperature_c]}}. As text it is JSON that {@code store:reading} takes.
 *
 * @param device whose it is
 * @param family the protocol family: {@code paku}, {@code alona}, {@code caravan}, ...
 * @param site where the installation is, as the device says it; empty if it does not
 * @param location where the device is, as the device says it; empty if it does not
 * @param time when it was measured, or received if the device's time cannot be believed
 * @param metrics the values by name, as a {@link Number}, Boolean or text
 * @param flags what is doubtful about it, as the API writes it: {@code late}
 * @param reading it as it was kept
 */
public record LiveReading(
        String device,
        String family,
        String site,
        String location,
        Instant time,
        Map<String, Object> metrics,
        Set<String> flags,
        Reading reading)
        implements Told {

    /** What a flow sees of a reading. */
    public static LiveReading of(Reading reading) {
        return new LiveReading(
                reading.source().device(),
                reading.source().family(),
                reading.source().site(),
                reading.source().location(),
                Doubt.timeOf(reading),
                MetricValues.in(reading.metrics()),
                words(reading),
                reading);
    }

    /** Whether it has all of these. */
    public boolean has(List<String> names) {
        return metrics.keySet().containsAll(names);
    }

    /**
     * Another reading of the same device and moment, made of this one. It is another voice of the device, so that it does not count as a
     * repeat.
     *
     * @param voice what distinguishes it from others of the device: {@code air}
     */
    public Reading derived(String voice, Metrics derived) {
        Source from = reading.source();
        Source source = new Source(
                from.device(), from.family(), from.site(), from.system(), voice, from.location(), from.mac());
        return new Reading(source, reading.measuredAt(), reading.receivedAt(), derived, reading.flags());
    }

    static Set<String> words(Reading reading) {
        return Flag.of(reading.flags()).stream().map(Flag::word).collect(Collectors.toUnmodifiableSet());
    }

    /** As devices write it over HTTP. */
    @Override
    public String text() {
        String metrics = new String(reading.metrics().json(), StandardCharsets.UTF_8);
        return "{\"device\":\"" + reading.source().device() + "\",\"time\":\"" + Doubt.timeOf(reading)
                + "\",\"metrics\":" + metrics + "}";
    }

    @Override
    public String toString() {
        return text();
    }
}
