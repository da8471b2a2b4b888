package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.caravanhub.ecoflow.CloudState;
import org.caravanhub.ecoflow.StationState;
import org.caravanhub.ecoflow.Trouble;
import org.caravanhub.http.Moment;
import org.caravanhub.power.Energy;
import org.caravanhub.power.PowerState;
import org.caravanhub.power.Remaining;
import org.caravanhub.text.Hidden;

/** Power as the API writes it: schema {@code Power} of {@code openapi.yaml}. What is not known is null. */
final class PowerJson {
    private static final List<String> POWERS = List.of("in_w", "out_w", "solar_w", "ac_in_w", "ac_out_w", "dc_out_w");
    private static final Map<String, String> TEMPERATURES = ordered(
            "battery_c", "bms_temp_c",
            "battery_max_c", "bms_max_cell_temp_c",
            "battery_min_c", "bms_min_cell_temp_c",
            "inverter_c", "inv_temp_c",
            "solar_c", "mppt_temp_c");
    private static final Map<String, String> BATTERY = ordered(
            "health_percent", "bms_soh_percent",
            "cycles", "bms_cycles",
            "voltage_v", "bms_v",
            "remaining_ah", "bms_remain_ah",
            "full_ah", "bms_full_ah",
            "design_ah", "bms_design_ah");

    private PowerJson() {}

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new java.util.LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    static void write(JsonGenerator json, PowerState state) throws IOException {
        json.writeStartObject();
        json.writeStringField("profile", state.profile().word());
        json.writeStringField("device", state.device());
        number(json, "percent", state.percent());
        moment(json, "heard_at", state.heardAt());
        moment(json, "since", state.since());
        json.writeStringField("why", state.why());
        json.writeEndObject();
    }

    /** @param host where it is asked; empty if it is not */
    static void write(JsonGenerator json, Optional<CloudState> cloud, String host) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("configured", cloud.isPresent());
        json.writeStringField("host", host);
        whole(json, "interval_s", cloud.map(state -> state.interval().toSeconds()));
        whole(json, "pace_s", cloud.map(state -> state.pace().toSeconds()));
        json.writeStringField("waits", cloud.map(CloudState::waits).orElse(""));
        json.writeBooleanField(
                "asking",
                cloud.filter(state ->
                                state.isAsking() || state.stations().stream().anyMatch(StationState::isAsking))
                        .isPresent());
        moment(json, "last_try", cloud.flatMap(CloudState::lastTry));
        moment(json, "last_ok", cloud.flatMap(CloudState::lastAnswer));
        moment(json, "next_try", cloud.flatMap(CloudState::nextTry));
        whole(json, "clock_ahead_s", cloud.flatMap(CloudState::clockAhead).map(Duration::toSeconds));
        trouble(json, cloud.flatMap(CloudState::trouble));
        json.writeEndObject();
    }

    /** @param today what flowed today, if that is reckoned */
    static void write(JsonGenerator json, PowerStation station, Optional<Energy> today) throws IOException {
        Optional<StationState> cloud = station.listed();
        Map<String, Double> all = station.metrics();
        Map<String, Double> now = station.isLive() ? all : Map.of();
        Optional<Instant> at = station.newest().map(PowerReading::at);
        json.writeStartObject();
        json.writeStringField("device", station.device());
        json.writeStringField("serial", station.serial());
        json.writeStringField("product", cloud.map(StationState::product).orElse(""));
        json.writeStringField("state", station.state().word());
        json.writeStringField("why", Hidden.in(station.why()));
        json.writeStringField("source", station.source());
        json.writeStringField("bridge", station.bridge());
        moment(json, "at", at);
        whole(json, "age_s", at.map(moment -> station.age().toSeconds()));
        moment(json, "last_try", cloud.flatMap(StationState::lastTry));
        moment(json, "next_try", station.nextTry());
        trouble(json, station.trouble());
        number(json, "charge_percent", of(now, "soc_percent"));
        for (String power : POWERS) {
            number(json, power, of(now, power));
        }
        remaining(json, station.remaining());
        members(json, "temperatures", TEMPERATURES, now);
        members(json, "battery", BATTERY, now);
        json.writeFieldName("last");
        if (station.isLive() || at.isEmpty()) {
            json.writeNull();
        } else {
            json.writeStartObject();
            number(json, "charge_percent", of(all, "soc_percent"));
            moment(json, "at", at);
            json.writeNumberField("age_s", station.age().toSeconds());
            json.writeEndObject();
        }
        energy(json, today);
        json.writeEndObject();
    }

    private static void remaining(JsonGenerator json, Optional<Remaining> remaining) throws IOException {
        json.writeFieldName("remaining");
        if (remaining.isEmpty()) {
            json.writeNull();
            return;
        }
        Remaining left = remaining.get();
        json.writeStartObject();
        json.writeStringField("until", left.until().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("minutes", left.minutes());
        json.writeNumberField("at_w", left.watts());
        json.writeStringField("from", left.from().name().toLowerCase(Locale.ROOT));
        json.writeEndObject();
    }

    private static void energy(JsonGenerator json, Optional<Energy> today) throws IOException {
        json.writeFieldName("today");
        if (today.isEmpty()) {
            json.writeNull();
            return;
        }
        Energy energy = today.get();
        json.writeStartObject();
        moment(json, "from", Optional.of(energy.from()));
        number(json, "in_wh", energy.inWh());
        number(json, "out_wh", energy.outWh());
        number(json, "solar_wh", energy.solarWh());
        json.writeNumberField("covered_s", energy.covered().toSeconds());
        json.writeEndObject();
    }

    private static void members(JsonGenerator json, String name, Map<String, String> names, Map<String, Double> metrics)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> each : names.entrySet()) {
            number(json, each.getKey(), of(metrics, each.getValue()));
        }
        json.writeEndObject();
    }

    static void trouble(JsonGenerator json, Optional<Trouble> trouble) throws IOException {
        json.writeFieldName("trouble");
        if (trouble.isEmpty()) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        members(json, trouble.get());
        json.writeEndObject();
    }

    static void members(JsonGenerator json, Trouble trouble) throws IOException {
        json.writeStringField("code", trouble.code());
        json.writeStringField("what", Hidden.in(trouble.what()));
        json.writeStringField("fix", Hidden.in(trouble.fix()));
        json.writeBooleanField("lasts", trouble.lasts());
    }

    private static OptionalDouble of(Map<String, Double> metrics, String name) {
        Double value = metrics.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static void number(JsonGenerator json, String name, OptionalDouble value) throws IOException {
        if (value.isEmpty()) {
            json.writeNullField(name);
        } else {
            BigDecimal rounded = BigDecimal.valueOf(value.getAsDouble())
                    .setScale(3, RoundingMode.HALF_UP)
                    .stripTrailingZeros();
            json.writeNumberField(name, rounded.scale() < 0 ? rounded.setScale(0) : rounded);
        }
    }

    private static void whole(JsonGenerator json, String name, Optional<Long> value) throws IOException {
        if (value.isEmpty()) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value.get());
        }
    }

    static void moment(JsonGenerator json, String name, Optional<Instant> moment) throws IOException {
        if (moment.isEmpty()) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, Moment.text(moment.get()));
        }
    }
}
