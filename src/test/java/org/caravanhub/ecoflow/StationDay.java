package org.caravanhub.ecoflow;

import java.time.Instant;
import java.util.Random;

/** A day of a power station on wheels, of which everything is known: sun between clouds, a fridge, a lamp, and a kettle now and then. */
public final class StationDay {
    public static final Instant MIDNIGHT = Instant.parse("2026-06-01T00:00:00Z");
    private static final long DAY_MS = 86_400_000;
    private static final int STEP_MS = 100;
    /** Seconds of the day; each lasts three minutes. */
    private static final int[] KETTLE = {25_820, 28_815, 45_645, 68_710, 77_000};

    private final double[] inWs = new double[(int) (DAY_MS / STEP_MS) + 1];
    private final double[] outWs = new double[inWs.length];
    private final Random noise = new Random(11);

    /** All of it. */
    public StationDay() {
        for (int i = 1; i < inWs.length; i++) {
            long at = MIDNIGHT.toEpochMilli() + (long) i * STEP_MS - STEP_MS / 2;
            inWs[i] = inWs[i - 1] + solar(at) * STEP_MS / 1000;
            outWs[i] = outWs[i - 1] + out(at) * STEP_MS / 1000;
        }
    }

    /** Of the sun, in W. */
    static double solar(long at) {
        double hour = hour(at);
        double cloud = 0.8 + 0.2 * Math.sin(at / 97_000.0) * Math.sin(at / 1_410_000.0);
        return hour <= 6 || hour >= 20 ? 0 : 220 * cloud * Math.sin(Math.PI * (hour - 6) / 14);
    }

    /** Of everything that is on, in W. */
    static double out(long at) {
        double second = (at - MIDNIGHT.toEpochMilli()) / 1000.0;
        double fridge = second % 2_417 < 751 ? 62 : 4;
        double lamp = hour(at) >= 20 ? 18 : 0;
        double kettle = 0;
        for (int begin : KETTLE) {
            kettle += second >= begin && second < begin + 180 ? 900 : 0;
        }
        return 27 + fridge + lamp + kettle;
    }

    private static double hour(long at) {
        return (at - MIDNIGHT.toEpochMilli()) / 3_600_000.0;
    }

    /** What came in between two moments of the day, in Wh. */
    public double inWh(long from, long to) {
        return (sum(inWs, to) - sum(inWs, from)) / 3600;
    }

    /** What went out. */
    public double outWh(long from, long to) {
        return (sum(outWs, to) - sum(outWs, from)) / 3600;
    }

    private static double sum(double[] sums, long at) {
        double place = Math.max(0, Math.min(sums.length - 1.0, (at - MIDNIGHT.toEpochMilli()) / (double) STEP_MS));
        int below = (int) Math.min(place, sums.length - 2.0);
        return sums[below] + (sums[below + 1] - sums[below]) * (place - below);
    }

    /** What EcoFlow's cloud says of a Delta 2 in this moment; the battery's millivolts never stand still. */
    String quota(long at) {
        long solar = Math.round(solar(at));
        return "{\"pd.soc\":71,\"pd.wattsInSum\":" + solar + ",\"pd.wattsOutSum\":" + Math.round(out(at))
                + ",\"mppt.inWatts\":" + solar + ",\"bms_bmsStatus.vol\":" + (52_000 + noise.nextInt(900)) + "}";
    }
}
