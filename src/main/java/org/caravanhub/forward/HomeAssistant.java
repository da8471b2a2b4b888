package org.caravanhub.forward;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.caravanhub.live.LiveReading;

/**
 * Tells Home Assistant of devices and what they measure, by its device-based discovery (2024.11 or newer). Flows call it by the name {@code
 * homeAssistant}. Safe for several threads.
 */
public final class HomeAssistant {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int MOST_DEVICES = 2000;
    private static final int MOST_METRICS = 200;

    /** By the end of a metric's name: what Home Assistant calls it, and its unit. */
    private static final Map<String, List<String>> KINDS = kinds();

    private final Map<String, Map<String, Object>> known = new HashMap<>();

    /**
     * A message for Home Assistant; the broker is to keep it.
     *
     * @param body empty for none
     */
    public record Announcement(String topic, String body) {}

    /** How the device is now; before it, what it measures, if Home Assistant has not been told. */
    public synchronized List<Announcement> tell(LiveReading reading) {
        List<Announcement> announcements = new ArrayList<>();
        Map<String, Object> state = known.get(reading.device());
        Set<String> before = state == null ? Set.of() : new TreeSet<>(state.keySet());
        if (state == null) {
            if (known.size() >= MOST_DEVICES) {
                known.clear();
            }
            state = new LinkedHashMap<>();
            known.put(reading.device(), state);
        }
        for (Map.Entry<String, Object> metric : reading.metrics().entrySet()) {
            if (state.containsKey(metric.getKey()) || state.size() < MOST_METRICS) {
                state.put(metric.getKey(), metric.getValue());
            }
        }
        String base = "homeassistant/caravan/" + id(reading.device()) + "/state";
        if (!before.containsAll(state.keySet())) {
            announcements.add(new Announcement(
                    "homeassistant/device/caravan_" + id(reading.device()) + "/config",
                    configuration(reading.device(), state.keySet(), base)));
        }
        announcements.add(new Announcement(base, json(state)));
        return announcements;
    }

    /** Home Assistant has started: each device is told again with its next reading. */
    public synchronized void forget() {
        known.clear();
    }

    private static String configuration(String device, Set<String> metrics, String stateTopic) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeObjectFieldStart("dev");
            json.writeStringField("ids", "caravan_" + id(device));
            json.writeStringField("name", device);
            json.writeEndObject();
            json.writeObjectFieldStart("o");
            json.writeStringField("name", "Caravan");
            json.writeEndObject();
            json.writeStringField("state_topic", stateTopic);
            json.writeNumberField("qos", 1);
            json.writeObjectFieldStart("cmps");
            for (String metric : metrics) {
                write(device, metric, json);
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(String device, String metric, JsonGenerator json) throws IOException {
        String id = "caravan_" + id(device) + "_" + id(metric);
        json.writeObjectFieldStart(id);
        json.writeStringField("p", "sensor");
        json.writeStringField("unique_id", id);
        json.writeStringField("name", metric);
        json.writeStringField("value_template", "{{ value_json['" + metric.replaceAll("['\\\\]", "_") + "'] }}");
        for (Map.Entry<String, List<String>> kind : KINDS.entrySet()) {
            if (metric.endsWith(kind.getKey())) {
                if (!kind.getValue().get(0).isEmpty()) {
                    json.writeStringField("device_class", kind.getValue().get(0));
                }
                json.writeStringField("unit_of_measurement", kind.getValue().get(1));
                json.writeStringField("state_class", "measurement");
                break;
            }
        }
        json.writeEndObject();
    }

    private static String json(Map<String, Object> state) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, Object> metric : state.entrySet()) {
                json.writeFieldName(metric.getKey().replaceAll("['\\\\]", "_"));
                json.writeObject(metric.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Home Assistant takes no other letters in ids. */
    private static String id(String name) {
        return name.replaceAll("[^A-Za-z0-9_-]", "_");
    }

    private static Map<String, List<String>> kinds() {
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        kinds.put("battery_percent", List.of("battery", "%"));
        kinds.put("humidity_percent", List.of("humidity", "%"));
        kinds.put("_percent", List.of("", "%"));
        kinds.put("_c", List.of("temperature", "°C"));
        kinds.put("_hpa", List.of("pressure", "hPa"));
        kinds.put("_pa", List.of("pressure", "Pa"));
        kinds.put("_v", List.of("voltage", "V"));
        kinds.put("_mv", List.of("voltage", "mV"));
        kinds.put("_a", List.of("current", "A"));
        kinds.put("_wh", List.of("energy_storage", "Wh"));
        kinds.put("_w", List.of("power", "W"));
        kinds.put("_ppm", List.of("", "ppm"));
        kinds.put("_lux", List.of("illuminance", "lx"));
        kinds.put("_dbm", List.of("signal_strength", "dBm"));
        return kinds;
    }
}
