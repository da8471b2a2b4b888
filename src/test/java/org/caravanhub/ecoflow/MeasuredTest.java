package org.caravanhub.ecoflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Real values of three models, whose units differ under the same keys. */
class MeasuredTest {
    static final String DELTA_PRO = "{\"bmsMaster.soc\":38,\"bmsMaster.f32ShowSoc\":37.81998,\"bmsMaster.vol\":49285,"
            + "\"bmsMaster.amp\":-4591,\"bmsMaster.temp\":27,\"bmsMaster.cycles\":34,\"bmsMaster.remainCap\":18153,"
            + "\"bmsMaster.fullCap\":48000,\"bmsMaster.maxCellVol\":3286,\"bmsMaster.soh\":0,"
            + "\"ems.chgRemainTime\":143999,\"ems.dsgRemainTime\":240,\"ems.lcdShowSoc\":38,\"inv.acInVol\":0,"
            + "\"inv.invOutVol\":230168,\"inv.invOutAmp\":1390,\"inv.invOutFreq\":50,\"inv.outputWatts\":155,"
            + "\"inv.inputWatts\":0,\"inv.cfgAcEnabled\":1,\"mppt.inVol\":691,\"mppt.inAmp\":428,\"mppt.inWatts\":2960,"
            + "\"pd.soc\":38,\"pd.remainTime\":240,\"pd.wattsInSum\":296,\"pd.wattsOutSum\":155,\"pd.carWatts\":11,"
            + "\"pd.usb1Watts\":2,\"pd.typec1Watts\":20,\"pd.chgPowerAc\":444762,\"pd.chgSunPower\":37064,"
            + "\"pd.wifiRssi\":4294967295,\"bmsMaster.cellVol\":[3280,3286]}";

    @Test
    void aDeltaProWritesTenthsOfWatts() throws Exception {
        assertThat(words("DELTA Pro", DELTA_PRO))
                .contains("soc_percent=38 ", "solar_w=296.0 ", "solar_v=69.1 ", "solar_a=4.28 ", "in_w=296 ")
                .contains("out_w=155 ", "ac_out_w=155 ", "ac_out_v=230.168 ", "bms_v=49.285 ", "bms_a=-4.591 ")
                .contains("bms_remain_ah=18.153 ", "empty_min=240 ", "ac_charged_wh=444762 ", "ac_in_v=0.000 ")
                .contains("usb_out_w=2 ", "typec_out_w=20 ", "dc_out_w=33 ")
                .doesNotContain("full_min", "soh");
    }

    @Test
    void aDelta2WritesWattsAndMillivoltsAndCountsBackwards() throws Exception {
        assertThat(words(
                        "DELTA 2",
                        "{\"bms_bmsStatus.soc\":85,\"bms_bmsStatus.vol\":52990,\"bms_bmsStatus.amp\":-450,"
                                + "\"bms_emsStatus.chgRemainTime\":5939,\"bms_emsStatus.dsgRemainTime\":1765,"
                                + "\"mppt.inVol\":30000,\"mppt.inAmp\":5000,\"mppt.inWatts\":150,\"pd.remainTime\":-1765,"
                                + "\"pd.wattsOutSum\":43,\"pd.soc\":85,\"pd.chgPowerAC\":12154}"))
                .contains("soc_percent=85 ", "bms_v=52.990 ", "solar_w=150 ", "solar_v=30.000 ", "solar_a=5.000 ")
                .contains("full_min=5939 ", "remain_time_min=1765 ", "ac_charged_wh=12154 ");
    }

    @Test
    void aRiver2WritesItsBatteryInVoltsAndNoTimeAs5999() throws Exception {
        assertThat(
                        words(
                                "RIVER 2 Max",
                                "{\"bms_bmsStatus.soc\":36,\"bms_bmsStatus.vol\":26,\"bms_bmsStatus.fullCap\":17978,"
                                        + "\"bms_emsStatus.chgRemainTime\":5999,\"bms_emsStatus.dsgRemainTime\":5999,"
                                        + "\"inv.acInVol\":227686,\"mppt.inVol\":2857,\"mppt.inAmp\":14,\"pd.remainTime\":5999}"))
                .contains("soc_percent=36 ", "bms_v=26 ", "ac_in_v=227.686 ", "solar_v=2.857 ")
                .doesNotContain("_min");
    }

    @Test
    void textIsAsGoodAsNumbersAndAsObjectsInObjects() throws Exception {
        assertThat(words("", "{\"bmsMaster\":{\"soc\":\"100\"},\"pd\":{\"wattsInSum\":\" 12 \"}}"))
                .contains("soc_percent=100 ", "in_w=12 ");
    }

    @Test
    void whatCannotBeIsLeftOutAndKeptAsItWas() throws Exception {
        Measured measured = measured(
                "DELTA Pro",
                "{\"pd.soc\":255,\"bmsMaster.soc\":40,\"pd.wattsInSum\":999999,\"pd.wattsOutSum\":-1,\"bmsMaster.temp\":215,"
                        + "\"mppt.inWatts\":296,\"mppt.inVol\":691,\"mppt.inAmp\":428,\"new.key\":7}");

        // A charge of 255 % is not believed, but another key has it; watts must be volts times amperes.
        assertThat(measured.metrics()).containsOnlyKeys("soc_percent").containsEntry("soc_percent", new BigDecimal(40));
        assertThat(measured.isDoubtful()).isTrue();
        assertThat(measured.rest().keySet())
                .contains("pd.soc", "pd.wattsInSum", "pd.wattsOutSum", "bmsMaster.temp", "mppt.inWatts", "new.key");
    }

    @Test
    void whatNobodyKnowsIsKeptWithinBounds() throws Exception {
        StringBuilder many = new StringBuilder("{\"pd.soc\":1");
        for (int i = 0; i < 5000; i++) {
            many.append(",\"x.")
                    .append(i)
                    .append("\":\"")
                    .append("y".repeat(i % 50))
                    .append('"');
        }
        String json = MetricsText.of(measured("", many + "}"), true).toString();

        assertThat(json).startsWith("{\"soc_percent\":1,\"raw\":{").hasSizeLessThan(MetricsText.MOST_BYTES + 200);
        assertThat(JsonMapper.builder().build().readTree(json).get("raw").size())
                .isBetween(100, MetricsText.MOST_KEYS);
    }

    private static Measured measured(String product, String json) throws Exception {
        return Measured.of(product, Quota.flat(JsonMapper.builder().build().readTree(json)));
    }

    private static String words(String product, String json) throws Exception {
        return measured(product, json).metrics().entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue().toPlainString() + " ")
                .collect(Collectors.joining(" ", " ", " "));
    }
}
