package org.caravanhub.weather;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.caravanhub.live.LiveReading;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Reading;

/** Dew point and absolute humidity of air, out of its temperature and relative humidity. The bean {@code air} of flows. */
public final class Air {
    private static final double KELVIN = 273.15;
    /** Of water vapour: 1000 g over its gas constant, 461.5 J/(kg K), in hectopascal. */
    private static final double GRAM_KELVIN_PER_HECTOPASCAL = 216.7;

    /**
     * Of a reading with {@code temperature_c} and {@code humidity_percent} a reading of the same device and moment with
     * {@code dew_point_c} and {@code absolute_humidity_g_m3}, rounded to two places.
     *
     * @return none if one of the two is missing or no number, or the humidity is not between 0 (excluded) and 100 %
     */
    public List<Reading> derive(LiveReading reading) {
        Map<String, Object> metrics = reading.metrics();
        if (!(metrics.get("temperature_c") instanceof Number temperature)
                || !(metrics.get("humidity_percent") instanceof Number humidity)) {
            return List.of();
        }
        double celsius = temperature.doubleValue();
        double percent = humidity.doubleValue();
        if (percent <= 0 || percent > 100 || celsius < -100 || celsius > 100) {
            return List.of();
        }
        String json = "{\"dew_point_c\":" + rounded(dewPoint(celsius, percent)) + ",\"absolute_humidity_g_m3\":"
                + rounded(absoluteHumidity(celsius, percent)) + "}";
        return List.of(reading.derived("air", Metrics.ofChecked(json.getBytes(StandardCharsets.US_ASCII))));
    }

    /**
     * The temperature in °C at which this air would be saturated over water: Magnus' formula with the coefficients 17.62 and 243.12 °C of
     * the Guide to Instruments and Methods of Observation (WMO-No. 8, annex 4.B), good from -45 to 60 °C.
     */
    public static double dewPoint(double celsius, double percent) {
        double gamma = Math.log(percent / 100) + 17.62 * celsius / (243.12 + celsius);
        return 243.12 * gamma / (17.62 - gamma);
    }

    /**
     * Grams of water in a cubic metre: the vapour pressure of Bolton, The Computation of Equivalent Potential Temperature (Monthly Weather
     * Review 108, 1980), equation 10, good from -35 to 35 °C, and the gas law.
     */
    public static double absoluteHumidity(double celsius, double percent) {
        double hectopascal = percent / 100 * 6.112 * Math.exp(17.67 * celsius / (celsius + 243.5));
        return GRAM_KELVIN_PER_HECTOPASCAL * hectopascal / (KELVIN + celsius);
    }

    private static String rounded(double value) {
        return BigDecimal.valueOf(value)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
