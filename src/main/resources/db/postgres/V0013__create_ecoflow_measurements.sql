-- The table of paku-iot for power stations, as its dashboards read it: what the hub measures in volts is in millivolts there. What came from
-- paku has paku's own names, and is the same row. What was not known is null, not 0. Ask for a device and a span of time.
create view ecoflow_measurements as
select reading.source_id * 4398046511104 + ms(reading.measured_at) as id,
       substr(source.device, 9)                                    as device_sn,
       reading.measured_at                                         as ts,
       round((reading.metrics ->> 'soc_percent')::numeric)::integer as soc_percent,
       round((reading.metrics ->> 'remain_time_min')::numeric)::integer as remain_time_min,
       round(coalesce((reading.metrics ->> 'in_w')::numeric, (reading.metrics ->> 'watts_in_sum')::numeric))::integer as watts_in_sum,
       round(coalesce((reading.metrics ->> 'out_w')::numeric, (reading.metrics ->> 'watts_out_sum')::numeric))::integer as watts_out_sum,
       round(coalesce((reading.metrics ->> 'ac_out_w')::numeric, (reading.metrics ->> 'ac_out_watts')::numeric))::integer as ac_out_watts,
       round(coalesce((reading.metrics ->> 'car_w')::numeric + (reading.metrics ->> 'usb_out_w')::numeric, (reading.metrics ->> 'dc_out_watts')::numeric))::integer as dc_out_watts,
       round(coalesce((reading.metrics ->> 'typec_out_w')::numeric, (reading.metrics ->> 'typec_out_watts')::numeric))::integer as typec_out_watts,
       round(coalesce((reading.metrics ->> 'usb_out_w')::numeric, (reading.metrics ->> 'usb_out_watts')::numeric))::integer as usb_out_watts,
       round(coalesce((reading.metrics ->> 'solar_w')::numeric, (reading.metrics ->> 'pv_in_watts')::numeric))::integer as pv_in_watts,
       round(coalesce((reading.metrics ->> 'car_w')::numeric, (reading.metrics ->> 'car_watts')::numeric))::integer as car_watts,
       round(coalesce((reading.metrics ->> 'usb1_w')::numeric, (reading.metrics ->> 'usb1_watts')::numeric))::integer as usb1_watts,
       round(coalesce((reading.metrics ->> 'usb2_w')::numeric, (reading.metrics ->> 'usb2_watts')::numeric))::integer as usb2_watts,
       round(coalesce((reading.metrics ->> 'qcusb1_w')::numeric, (reading.metrics ->> 'qcusb1_watts')::numeric))::integer as qcusb1_watts,
       round(coalesce((reading.metrics ->> 'qcusb2_w')::numeric, (reading.metrics ->> 'qcusb2_watts')::numeric))::integer as qcusb2_watts,
       round(coalesce((reading.metrics ->> 'typec1_w')::numeric, (reading.metrics ->> 'typec1_watts')::numeric))::integer as typec1_watts,
       round(coalesce((reading.metrics ->> 'typec2_w')::numeric, (reading.metrics ->> 'typec2_watts')::numeric))::integer as typec2_watts,
       round((reading.metrics ->> 'bms_cycles')::numeric)::integer as bms_cycles,
       round((reading.metrics ->> 'wifi_rssi')::numeric)::integer as wifi_rssi,
       coalesce((reading.metrics ->> 'inv_temp_c')::numeric, (reading.metrics ->> 'inv_out_temp')::numeric) as inv_out_temp,
       coalesce((reading.metrics ->> 'bms_temp_c')::numeric, (reading.metrics ->> 'bms_temp')::numeric) as bms_temp,
       coalesce((reading.metrics ->> 'bms_max_cell_temp_c')::numeric, (reading.metrics ->> 'bms_max_cell_temp')::numeric) as bms_max_cell_temp,
       coalesce((reading.metrics ->> 'bms_min_cell_temp_c')::numeric, (reading.metrics ->> 'bms_min_cell_temp')::numeric) as bms_min_cell_temp,
       coalesce((reading.metrics ->> 'mppt_temp_c')::numeric, (reading.metrics ->> 'mppt_temp')::numeric) as mppt_temp,
       coalesce((reading.metrics ->> 'ac_in_w')::numeric, (reading.metrics ->> 'inv_input_watts')::numeric) as inv_input_watts,
       coalesce((reading.metrics ->> 'ac_in_v')::numeric * 1000, (reading.metrics ->> 'inv_ac_in_vol')::numeric) as inv_ac_in_vol,
       coalesce((reading.metrics ->> 'ac_out_v')::numeric * 1000, (reading.metrics ->> 'inv_out_vol')::numeric) as inv_out_vol,
       coalesce((reading.metrics ->> 'ac_in_a')::numeric * 1000, (reading.metrics ->> 'inv_ac_in_amp')::numeric) as inv_ac_in_amp,
       coalesce((reading.metrics ->> 'ac_out_a')::numeric * 1000, (reading.metrics ->> 'inv_out_amp')::numeric) as inv_out_amp,
       coalesce((reading.metrics ->> 'bms_a')::numeric * 1000, (reading.metrics ->> 'bms_amp')::numeric) as bms_amp,
       coalesce((reading.metrics ->> 'bms_v')::numeric * 1000, (reading.metrics ->> 'bms_vol')::numeric) as bms_vol,
       coalesce((reading.metrics ->> 'bms_min_cell_v')::numeric * 1000, (reading.metrics ->> 'bms_min_cell_vol')::numeric) as bms_min_cell_vol,
       coalesce((reading.metrics ->> 'bms_max_cell_v')::numeric * 1000, (reading.metrics ->> 'bms_max_cell_vol')::numeric) as bms_max_cell_vol,
       coalesce((reading.metrics ->> 'bms_remain_ah')::numeric * 1000, (reading.metrics ->> 'bms_remain_cap')::numeric) as bms_remain_cap,
       coalesce((reading.metrics ->> 'bms_full_ah')::numeric * 1000, (reading.metrics ->> 'bms_full_cap')::numeric) as bms_full_cap
from reading
join source on source.id = reading.source_id
where source.family = 'ecoflow'
  and source.device like 'ecoflow-%';
