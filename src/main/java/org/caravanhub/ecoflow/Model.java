package org.caravanhub.ecoflow;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

/**
 * Which way of writing its values a station has: the same key is in tenths of a watt on one and in watts on another. What a model's inlets
 * and outlets can carry at all bounds what is believed.
 */
enum Model {
    /** Delta Pro and others of its time. */
    DELTA_PRO(8000, 1, 1, 2, 3),
    /** Delta 2, Delta 2 Max. */
    DELTA_2(6000, 0, 3, 3, 3),
    /** River 2, whose battery voltage is in whole volts. */
    RIVER_2(3000, 0, 3, 3, 0),
    /** An inverter that feeds into the house. */
    POWER_STREAM(2000, 1, 1, 3, 1),
    /** Delta 3, Delta Pro 3, Stream: watts, volts and percent as they are. */
    NEWER(15000, 0, 0, 0, 0),
    /** What is in doubt is not taken. */
    UNKNOWN(15000, 0, 3, 3, 3);

    private static final BigDecimal MILLIVOLTS = new BigDecimal(1000);

    private final BigDecimal mostWatts;
    final int solarWatts;
    final int solarVolts;
    final int solarAmperes;
    final int batteryVolts;

    /** The numbers after the first are decimals: how far the point is moved to the left. */
    Model(int mostWatts, int solarWatts, int solarVolts, int solarAmperes, int batteryVolts) {
        this.mostWatts = new BigDecimal(mostWatts);
        this.solarWatts = solarWatts;
        this.solarVolts = solarVolts;
        this.solarAmperes = solarAmperes;
        this.batteryVolts = batteryVolts;
    }

    /** More than this nothing in it carries. */
    BigDecimal mostWatts() {
        return mostWatts;
    }

    /** By the keys that it has, which do not change with the name that its owner or maker gives it. */
    static Model of(String productName, Map<String, Quota> quotas) {
        if (has(quotas, "20_1.")) {
            return POWER_STREAM;
        }
        if (has(quotas, "bms_bmsStatus.")) {
            Quota volts = quotas.get("bms_bmsStatus.vol");
            boolean isMillivolts = volts != null
                    && volts.number().filter(v -> v.compareTo(MILLIVOLTS) >= 0).isPresent();
            boolean isRiver = productName.toLowerCase(Locale.ROOT).contains("river");
            boolean isVolts = volts == null ? isRiver : !isMillivolts;
            return isVolts ? RIVER_2 : DELTA_2;
        }
        if (has(quotas, "bmsMaster.")) {
            return DELTA_PRO;
        }
        return quotas.containsKey("cmsBattSoc") || quotas.containsKey("powInSumW") ? NEWER : UNKNOWN;
    }

    private static boolean has(Map<String, Quota> quotas, String beginning) {
        return quotas.keySet().stream().anyMatch(key -> key.startsWith(beginning));
    }
}
