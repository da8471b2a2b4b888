package org.caravanhub.ecoflow;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a station measures, in the hub's words and units. What stands for nothing is not in it, and what cannot be is left out.
 *
 * @param model how its values were read
 * @param metrics by name
 * @param rest what nobody knows a metric for, and what could not be, as it was written
 * @param isDoubtful whether something could not be
 */
record Measured(Model model, Map<String, BigDecimal> metrics, SortedMap<String, Quota> rest, boolean isDoubtful) {
    private static final List<String> USB = List.of("usb1_w", "usb2_w", "qcusb1_w", "qcusb2_w");
    private static final List<String> TYPE_C = List.of("typec1_w", "typec2_w");
    private static final BigDecimal ENOUGH_TO_COMPARE = BigDecimal.valueOf(20);
    private static final BigDecimal FACTOR = BigDecimal.valueOf(5);

    /**
     * Reads what the cloud knows of a station.
     *
     * @param productName as the cloud calls the model; may be empty
     */
    static Measured of(String productName, SortedMap<String, Quota> quotas) {
        Model model = Model.of(productName, quotas);
        Map<String, BigDecimal> metrics = new LinkedHashMap<>();
        Set<String> known = new HashSet<>();
        boolean isDoubtful = false;
        for (Quantity quantity : Quantity.ALL) {
            Set<String> wrong = new HashSet<>();
            for (String key : quantity.keys()) {
                Quota quota = quotas.get(key);
                Optional<BigDecimal> raw = quota == null ? Optional.empty() : quota.number();
                if (raw.isPresent() && !quantity.isNothing(raw.get())) {
                    BigDecimal value = quantity.scaled(raw.get(), model);
                    if (quantity.isPlausible(value, model)) {
                        metrics.putIfAbsent(quantity.metric(), value);
                    } else {
                        wrong.add(key);
                    }
                }
            }
            isDoubtful |= !wrong.isEmpty();
            known.addAll(quantity.keys());
            known.removeAll(wrong);
        }
        isDoubtful |= dropSolarThatCannotBe(metrics, known);
        dropNoVoltage(metrics);
        add(metrics);
        SortedMap<String, Quota> rest = new TreeMap<>(quotas);
        rest.keySet().removeAll(known);
        return new Measured(model, metrics, rest, isDoubtful);
    }

    /** Watts are volts times amperes; if they are far from it, the unit is not what it is on this model. */
    private static boolean dropSolarThatCannotBe(Map<String, BigDecimal> metrics, Set<String> known) {
        BigDecimal watts = metrics.get("solar_w");
        BigDecimal volts = metrics.get("solar_v");
        BigDecimal amperes = metrics.get("solar_a");
        if (watts == null || volts == null || amperes == null) {
            return false;
        }
        BigDecimal product = volts.multiply(amperes);
        boolean isEnough =
                watts.max(product).compareTo(ENOUGH_TO_COMPARE) > 0 && watts.signum() > 0 && product.signum() > 0;
        if (!isEnough
                || watts.max(product)
                                .divide(watts.min(product), 3, RoundingMode.HALF_UP)
                                .compareTo(FACTOR)
                        < 0) {
            return false;
        }
        metrics.keySet().removeAll(List.of("solar_w", "solar_v", "solar_a"));
        known.removeAll(List.of("mppt.inWatts", "mppt.inVol", "mppt.inAmp"));
        return true;
    }

    /** An outlet that is on has a voltage; none means that the station did not say. */
    private static void dropNoVoltage(Map<String, BigDecimal> metrics) {
        BigDecimal isOn = metrics.get("ac_enabled");
        BigDecimal volts = metrics.get("ac_out_v");
        if (isOn != null && isOn.signum() > 0 && volts != null && volts.signum() == 0) {
            metrics.remove("ac_out_v");
            metrics.remove("ac_out_a");
        }
    }

    private static void add(Map<String, BigDecimal> metrics) {
        sum(metrics, List.of("pv1_w", "pv2_w")).ifPresent(watts -> metrics.putIfAbsent("solar_w", watts));
        Optional<BigDecimal> usb = sum(metrics, USB);
        Optional<BigDecimal> typeC = sum(metrics, TYPE_C);
        usb.ifPresent(watts -> metrics.put("usb_out_w", watts));
        typeC.ifPresent(watts -> metrics.put("typec_out_w", watts));
        sum(metrics, List.of("car_w", "usb_out_w", "typec_out_w")).ifPresent(watts -> metrics.put("dc_out_w", watts));
    }

    /** Of those that are there; none if none is. */
    private static Optional<BigDecimal> sum(Map<String, BigDecimal> metrics, List<String> names) {
        return names.stream().filter(metrics::containsKey).map(metrics::get).reduce(BigDecimal::add);
    }

    /** Whether anything flows, so that something must change from one minute to the next. */
    boolean isAtWork() {
        return isMore("in_w") || isMore("out_w") || isMore("solar_w") || isMore("ac_out_w");
    }

    private boolean isMore(String metric) {
        BigDecimal value = metrics.get(metric);
        return value != null && value.signum() > 0;
    }
}
