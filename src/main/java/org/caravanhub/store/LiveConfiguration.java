package org.caravanhub.store;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.caravanhub.live.DevicePattern;
import org.caravanhub.live.Doubt;
import org.caravanhub.live.Limit;
import org.caravanhub.reading.Reading;
import org.jspecify.annotations.Nullable;

/** What a flow that starts from {@code store:} wants to be told. */
@UriParams
public final class LiveConfiguration {
    @UriParam(
            label = "consumer",
            defaultValue = "*",
            description = "Only of these devices: ids separated by commas, in which * stands for any characters.")
    private String device = "*";

    @UriParam(
            label = "consumer",
            description = "Only of devices of this family: caravan, paku, alona, iot, esphome, ruuvi, ecoflow ...")
    private @Nullable String family;

    @UriParam(
            label = "consumer",
            description = "store:reading: only readings that have all of these metrics, separated by commas.")
    private @Nullable String metrics;

    @UriParam(label = "consumer", description = "store:value: which metric; required.")
    private @Nullable String metric;

    @UriParam(
            label = "consumer",
            description = "store:value: only when the value falls below this, once, until it is back.")
    private @Nullable Double below;

    @UriParam(
            label = "consumer",
            description = "store:value: only when the value rises above this, once, until it is back.")
    private @Nullable Double above;

    @UriParam(
            label = "consumer",
            description = "store:value: where the value must come back to before it can cross its limit again."
                    + " Default: the limit.")
    private @Nullable Double until;

    @UriParam(
            label = "consumer",
            enums = "each,lowest,highest",
            defaultValue = "each",
            description = "store:value with a limit: whether each device is looked at by itself, or only the lowest or"
                    + " highest of them all. A device that said nothing for two hours does not count.")
    private String of = "each";

    @UriParam(
            label = "consumer",
            name = "for",
            defaultValue = "0",
            javaType = "java.time.Duration",
            description = "store:value: how long the value must be beyond its limit, by the device's time.")
    private long hold;

    @UriParam(label = "consumer", description = "store:value: whether to tell, too, when the value is back.")
    private boolean recovered;

    @UriParam(
            label = "consumer",
            description = "Whether to tell, too, what is doubtful: of a device whose clock is wrong, or out of range.")
    private boolean doubtful;

    /** Whose value is compared with a limit. */
    enum Of {
        EACH,
        LOWEST,
        HIGHEST;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whose value is compared with the limit. */
    Of of() {
        return Arrays.stream(Of.values())
                .filter(one -> one.word().equals(of))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("of is \"" + of + "\"; it must be each, lowest or highest"));
    }

    /** Which readings a flow is told of, as far as that is known without reading their metrics. */
    Predicate<Reading> wanted() {
        DevicePattern devices = DevicePattern.of(device.equals("*") ? "" : device);
        String wantedFamily = family;
        boolean isDoubtfulToo = doubtful;
        return reading -> (isDoubtfulToo || !Doubt.isTooGreat(reading))
                && (wantedFamily == null || wantedFamily.equals(reading.source().family()))
                && devices.matches(reading.source().device());
    }

    /** The metrics that a reading must have. */
    List<String> metricNames() {
        return metrics == null
                ? List.of()
                : Arrays.stream(metrics.split(",", -1))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList();
    }

    /** The metric of {@code store:value}. */
    String metricName() {
        return Objects.requireNonNull(metric, "store:value needs metric");
    }

    /** What the value is not to cross. */
    Limit limit() {
        return new Limit(optional(below), optional(above), optional(until), Duration.ofMillis(hold));
    }

    /**
     * Looks at the options.
     *
     * @throws IllegalArgumentException if they make no sense together
     */
    void check(boolean isValue) {
        if (isValue && (metric == null || metric.isBlank())) {
            throw new IllegalArgumentException("store:value needs metric: which value is meant?");
        }
        boolean isLimited = limit().isSet();
        if (!isValue && (isLimited || metric != null || recovered)) {
            throw new IllegalArgumentException(
                    "metric, below, above and recovered belong to store:value; store:reading" + " has metrics");
        }
        if (isValue && metrics != null) {
            throw new IllegalArgumentException("store:value has metric: one; metrics belongs to store:reading");
        }
        if ((recovered || of() != Of.EACH) && !isLimited) {
            throw new IllegalArgumentException("recovered and of need a limit: below or above");
        }
    }

    private static OptionalDouble optional(@Nullable Double number) {
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    public String getDevice() {
        return device;
    }

    public void setDevice(String device) {
        this.device = device;
    }

    public @Nullable String getFamily() {
        return family;
    }

    public void setFamily(@Nullable String family) {
        this.family = family;
    }

    public @Nullable String getMetrics() {
        return metrics;
    }

    public void setMetrics(@Nullable String metrics) {
        this.metrics = metrics;
    }

    public @Nullable String getMetric() {
        return metric;
    }

    public void setMetric(@Nullable String metric) {
        this.metric = metric;
    }

    public @Nullable Double getBelow() {
        return below;
    }

    public void setBelow(@Nullable Double below) {
        this.below = below;
    }

    public @Nullable Double getAbove() {
        return above;
    }

    public void setAbove(@Nullable Double above) {
        this.above = above;
    }

    public @Nullable Double getUntil() {
        return until;
    }

    public void setUntil(@Nullable Double until) {
        this.until = until;
    }

    public String getOf() {
        return of;
    }

    public void setOf(String of) {
        this.of = of;
    }

    public long getFor() {
        return hold;
    }

    public void setFor(long hold) {
        this.hold = hold;
    }

    public boolean isRecovered() {
        return recovered;
    }

    public void setRecovered(boolean recovered) {
        this.recovered = recovered;
    }

    public boolean isDoubtful() {
        return doubtful;
    }

    public void setDoubtful(boolean doubtful) {
        this.doubtful = doubtful;
    }
}
