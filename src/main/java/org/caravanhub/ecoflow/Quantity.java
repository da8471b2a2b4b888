package org.caravanhub.ecoflow;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.caravanhub.reading.StationMetric;

/**
 * One thing that a station measures: under which keys it may be, and in which unit.
 *
 * @param metric what the hub calls it; its end is the unit
 * @param keys where it is, the best first
 * @param decimals how far the point is moved to the left, by model
 */
record Quantity(String metric, List<String> keys, ToIntFunction<Model> decimals) {
    /** All that are known. */
    static final List<Quantity> ALL = all();

    private static List<Quantity> all() {
        List<Quantity> all = new ArrayList<>();
        all.add(plain(
                "soc_percent",
                "pd.soc",
                "ems.lcdShowSoc",
                "bms_emsStatus.lcdShowSoc",
                "bmsMaster.soc",
                "bms_bmsStatus.soc",
                "cmsBattSoc",
                "bmsBattSoc",
                "20_1.batSoc"));
        all.add(plain("in_w", "pd.wattsInSum", "powInSumW"));
        all.add(plain("out_w", "pd.wattsOutSum", "powOutSumW"));
        all.add(plain("ac_in_w", "inv.inputWatts"));
        all.add(plain("ac_out_w", "inv.outputWatts"));
        all.add(tenths("ac_out_w", "20_1.invOutputWatts"));
        all.add(thousandths("ac_in_v", "inv.acInVol"));
        all.add(thousandths("ac_in_a", "inv.acInAmp"));
        all.add(thousandths("ac_out_v", "inv.invOutVol"));
        all.add(thousandths("ac_out_a", "inv.invOutAmp"));
        all.add(plain("ac_out_hz", "inv.invOutFreq"));
        all.add(plain("ac_enabled", "inv.cfgAcEnabled", "mppt.cfgAcEnabled", "pd.acEnabled"));
        all.add(of("solar_w", model -> model.solarWatts, "mppt.inWatts"));
        all.add(of("solar_v", model -> model.solarVolts, "mppt.inVol"));
        all.add(of("solar_a", model -> model.solarAmperes, "mppt.inAmp"));
        all.add(tenths("pv1_w", "20_1.pv1InputWatts"));
        all.add(tenths("pv2_w", "20_1.pv2InputWatts"));
        outlets(all);
        battery(all);
        all.add(plain("inv_temp_c", "inv.outTemp"));
        all.add(plain("mppt_temp_c", "mppt.mpptTemp"));
        all.add(plain("full_min", "ems.chgRemainTime", "bms_emsStatus.chgRemainTime"));
        all.add(plain("empty_min", "ems.dsgRemainTime", "bms_emsStatus.dsgRemainTime"));
        all.add(plain("remain_time_min", "pd.remainTime"));
        all.add(plain("max_charge_percent", "ems.maxChargeSoc", "bms_emsStatus.maxChargeSoc"));
        all.add(plain("min_discharge_percent", "ems.minDsgSoc", "bms_emsStatus.minDsgSoc"));
        all.add(plain("ac_charged_wh", "pd.chgPowerAc", "pd.chgPowerAC"));
        all.add(plain("dc_charged_wh", "pd.chgPowerDc", "pd.chgPowerDC"));
        all.add(plain("solar_charged_wh", "pd.chgSunPower"));
        all.add(plain("ac_discharged_wh", "pd.dsgPowerAc", "pd.dsgPowerAC"));
        all.add(plain("dc_discharged_wh", "pd.dsgPowerDc", "pd.dsgPowerDC"));
        return List.copyOf(all);
    }

    private static void outlets(List<Quantity> all) {
        all.add(plain("car_w", "pd.carWatts"));
        all.add(plain("usb1_w", "pd.usb1Watts"));
        all.add(plain("usb2_w", "pd.usb2Watts"));
        all.add(plain("qcusb1_w", "pd.qcUsb1Watts"));
        all.add(plain("qcusb2_w", "pd.qcUsb2Watts"));
        all.add(plain("typec1_w", "pd.typec1Watts"));
        all.add(plain("typec2_w", "pd.typec2Watts"));
    }

    private static void battery(List<Quantity> all) {
        all.add(of("bms_v", model -> model.batteryVolts, both("vol")));
        all.add(thousandths("bms_a", both("amp")));
        all.add(plain("bms_temp_c", both("temp")));
        all.add(tenths("bms_temp_c", "20_1.batTemp"));
        all.add(plain("bms_max_cell_temp_c", both("maxCellTemp")));
        all.add(plain("bms_min_cell_temp_c", both("minCellTemp")));
        all.add(thousandths("bms_max_cell_v", both("maxCellVol")));
        all.add(thousandths("bms_min_cell_v", both("minCellVol")));
        all.add(thousandths("bms_remain_ah", both("remainCap")));
        all.add(thousandths("bms_full_ah", both("fullCap")));
        all.add(thousandths("bms_design_ah", both("designCap")));
        all.add(plain("bms_cycles", both("cycles")));
        all.add(plain("bms_soh_percent", both("soh")));
    }

    private static String[] both(String name) {
        return new String[] {"bmsMaster." + name, "bms_bmsStatus." + name};
    }

    private static Quantity plain(String metric, String... keys) {
        return of(metric, model -> 0, keys);
    }

    private static Quantity tenths(String metric, String... keys) {
        return of(metric, model -> 1, keys);
    }

    private static Quantity thousandths(String metric, String... keys) {
        return of(metric, model -> 3, keys);
    }

    private static Quantity of(String metric, ToIntFunction<Model> decimals, String... keys) {
        return new Quantity(metric, List.of(keys), decimals);
    }

    /** Whether this number stands for nothing. */
    boolean isNothing(BigDecimal raw) {
        return StationMetric.isNothing(metric, raw);
    }

    /** In the metric's unit. How long it will last has no sign: some models count it down below zero. */
    BigDecimal scaled(BigDecimal raw, Model model) {
        BigDecimal moved = raw.movePointLeft(decimals.applyAsInt(model));
        return metric.equals("remain_time_min") ? moved.abs() : moved;
    }

    /** Whether a station of this model can have it at all. */
    boolean isPlausible(BigDecimal value, Model model) {
        return StationMetric.isPlausible(metric, value, model.mostWatts());
    }
}
