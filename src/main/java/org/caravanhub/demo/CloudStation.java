package org.caravanhub.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * A power station that the demo's hub asks a cloud for. It answers like a Delta 2: volts in mV, amperes in mA, what is not known as 5999, and
 * some numbers in quotes. Safe for several threads.
 */
final class CloudStation {
    static final String SERIAL = "DEMO0001";
    static final String PRODUCT = "DELTA 2";

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final double BATTERY_MV = 51_200;
    private static final double PANEL_MV = 36_000;
    private static final int FULL_MAH = 20_000;
    private static final int UNKNOWN_MIN = 5_999;

    private final Clock clock;
    private final SunAndLoad life;
    private final Random noise;
    private Instant last;

    CloudStation(Clock clock, long seed) {
        this.clock = clock;
        this.noise = new Random(seed);
        this.life = new SunAndLoad(new DailyCurve(clock.getZone()), noise);
        this.last = clock.instant();
    }

    /** What it says of itself now, in EcoFlow's keys and units. */
    synchronized String quota() {
        Instant now = clock.instant();
        Duration since = Duration.between(last, now);
        last = now;
        boolean isSane = !since.isNegative() && since.compareTo(LONGEST) < 0;
        SunAndLoad.Moment moment = life.at(now, isSane ? since : Duration.ZERO);
        long in = Math.round(moment.solar());
        long out = Math.round(moment.out());
        double net = moment.solar() - moment.out();
        double wattHours = SunAndLoad.CAPACITY_WH * moment.percent() / 100;
        long battery = Math.round(BATTERY_MV + 20 * (moment.percent() - 50) + noise.nextGaussian() * 8);
        return """
                {"pd.soc":"%1$d","pd.wattsInSum":%2$d,"pd.wattsOutSum":%3$d,"pd.remainTime":%4$d,"pd.carWatts":%5$d,
                "pd.usb1Watts":0,"pd.usb2Watts":0,"pd.qcUsb1Watts":0,"pd.qcUsb2Watts":0,"pd.typec1Watts":"0","pd.typec2Watts":0,
                "inv.inputWatts":0,"inv.outputWatts":"%6$d","inv.cfgAcEnabled":1,"inv.acInVol":0,"inv.acInAmp":0,
                "inv.invOutVol":%7$d,"inv.invOutAmp":%8$d,"inv.invOutFreq":50,"inv.outTemp":%9$d,
                "mppt.inWatts":%2$d,"mppt.inVol":%10$d,"mppt.inAmp":%11$d,"mppt.mpptTemp":%9$d,
                "bms_bmsStatus.soc":%1$d,"bms_bmsStatus.vol":%12$d,"bms_bmsStatus.amp":%13$d,"bms_bmsStatus.temp":%14$d,
                "bms_bmsStatus.designCap":20000,"bms_bmsStatus.fullCap":20000,"bms_bmsStatus.remainCap":%15$d,
                "bms_bmsStatus.cycles":41,"bms_bmsStatus.soh":100,"bms_bmsStatus.maxCellVol":%16$d,"bms_bmsStatus.minCellVol":%17$d,
                "bms_emsStatus.chgRemainTime":%18$d,"bms_emsStatus.dsgRemainTime":%19$d,
                "bms_emsStatus.maxChargeSoc":100,"bms_emsStatus.minDsgSoc":5}""".formatted(
                        Math.round(moment.percent()),
                        in,
                        out,
                        net < 0 ? -minutes(wattHours, net) : minutes(SunAndLoad.CAPACITY_WH - wattHours, net),
                        Math.round(moment.fridge()),
                        Math.round(moment.kettle()),
                        Math.round(230_000 + noise.nextGaussian() * 300),
                        Math.round(moment.kettle() / 230 * 1000),
                        Math.round(moment.warmth() + 6),
                        in == 0 ? 0 : Math.round(PANEL_MV),
                        Math.round(in / PANEL_MV * 1_000_000),
                        battery,
                        Math.round(net / BATTERY_MV * 1_000_000),
                        Math.round(moment.warmth()),
                        Math.round(FULL_MAH * moment.percent() / 100),
                        battery / 16 + 4,
                        battery / 16 - 3,
                        net > 0 ? minutes(SunAndLoad.CAPACITY_WH - wattHours, net) : UNKNOWN_MIN,
                        net < 0 ? minutes(wattHours, net) : UNKNOWN_MIN);
    }

    private static long minutes(double wattHours, double watts) {
        return Math.min(UNKNOWN_MIN - 1, Math.round(60 * wattHours / Math.max(1, Math.abs(watts))));
    }
}
