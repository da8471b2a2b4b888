package org.caravanhub.ecoflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.Optional;
import org.caravanhub.TestPostgres;
import org.caravanhub.ecoflow.fake.FakeEcoFlowCloud;
import org.caravanhub.store.PostgresAddress;
import org.caravanhub.store.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards of paku-iot find the table that they ask for, with what the hub measured in its columns and units. */
class PakuViewTest {
    private static final String COLUMNS =
            "id,device_sn,ts,soc_percent,remain_time_min,watts_in_sum,watts_out_sum,ac_out_watts,"
                    + "dc_out_watts,typec_out_watts,usb_out_watts,pv_in_watts,car_watts,usb1_watts,usb2_watts,qcusb1_watts,"
                    + "qcusb2_watts,typec1_watts,typec2_watts,bms_cycles,wifi_rssi,inv_out_temp,bms_temp,bms_max_cell_temp,"
                    + "bms_min_cell_temp,mppt_temp,inv_input_watts,inv_ac_in_vol,inv_out_vol,inv_ac_in_amp,inv_out_amp,bms_amp,"
                    + "bms_vol,bms_min_cell_vol,bms_max_cell_vol,bms_remain_cap,bms_full_cap";

    @Test
    void aStationIsARowOfPakusTable(@TempDir Path folder) throws Exception {
        try (TestPostgres postgres = TestPostgres.fresh();
                FakeEcoFlowCloud cloud =
                        new FakeEcoFlowCloud().with("DCABZ1", "DELTA Pro", true, MeasuredTest.DELTA_PRO);
                PolledHub hub = new PolledHub(
                        folder,
                        PostgresDatabase.open(PostgresAddress.of(postgres.url(), Optional.empty(), Optional.empty())),
                        cloud.url(),
                        FakeEcoFlowCloud.KEYS,
                        Clock.systemUTC(),
                        PolledHub.LONGEST)) {
            hub.pass(1);
            hub.awaitKept(1);

            try (Connection connection = postgres.connect();
                    ResultSet columns = connection
                            .createStatement()
                            .executeQuery("select string_agg(column_name, ',' order by ordinal_position)"
                                    + " from information_schema.columns where table_name = 'ecoflow_measurements'")) {
                columns.next();
                assertThat(columns.getString(1)).isEqualTo(COLUMNS);
            }
            try (Connection connection = postgres.connect();
                    ResultSet row = connection.createStatement().executeQuery("select * from ecoflow_measurements")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString("device_sn")).isEqualTo("DCABZ1");
                assertThat(row.getInt("soc_percent")).isEqualTo(38);
                assertThat(row.getInt("pv_in_watts")).isEqualTo(296);
                assertThat(row.getInt("bms_vol")).isEqualTo(49_285);
                assertThat(row.getInt("bms_amp")).isEqualTo(-4591);
                // Paku counts USB-A as DC, and USB-C not.
                assertThat(row.getInt("dc_out_watts")).isEqualTo(13);
                // Not known is not 0.
                assertThat(row.getObject("inv_out_temp")).isNull();
            }
        }
    }
}
