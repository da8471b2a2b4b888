package org.caravanhub.transfer;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.caravanhub.reading.HomelabPoint;
import org.caravanhub.reading.NotAReading;
import org.caravanhub.reading.PastReading;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.caravanhub.text.CsvCell;

/**
 * One field of a point of InfluxDB as a reading. Line protocol may have several fields in a line and annotated CSV has one, so that each field
 * is a reading of its own: the same point out of either form is the same readings.
 *
 * @param measurement the name that points of a kind share
 * @param tags what the point is about
 * @param field its name
 * @param value as JSON
 * @param time in milliseconds since 1970
 */
record InfluxPoint(String measurement, Map<String, String> tags, String field, String value, long time) {
    private static final String SENSOR_READING = "sensor_reading";
    private static final String[] DEVICE_TAGS = {"device_id", "device", "host"};

    /** @throws NotAReading if it cannot be one */
    Reading reading(PastReading past) {
        if (measurement.equals(SENSOR_READING)
                && field.equals("value")
                && !tag("device_id").isEmpty()) {
            HomelabPoint point = new HomelabPoint(
                    tag("site"),
                    tag("gateway_id"),
                    tag("location"),
                    tag("device_id"),
                    tag("measurement_type"),
                    tag("unit"),
                    value);
            return point.reading(past, time);
        }
        String metrics = "{" + CsvCell.textAsJson(field) + ":" + value + "}";
        return past.of(other(), time, time, metrics.getBytes(StandardCharsets.UTF_8));
    }

    /** Tags that mean nothing here tell one voice from another all the same. */
    private Source other() {
        Map<String, String> rest = new TreeMap<>(tags);
        String device = "";
        for (String name : DEVICE_TAGS) {
            if (device.isEmpty() && tags.containsKey(name)) {
                device = tag(name);
                rest.remove(name);
            }
        }
        rest.keySet().removeIf(name -> name.equals("site") || name.equals("location") || name.equals("mac"));
        StringBuilder sensor = new StringBuilder(field);
        rest.forEach(
                (name, value) -> sensor.append(',').append(name).append('=').append(value));
        return new Source(device, "influx", tag("site"), measurement, sensor.toString(), tag("location"), tag("mac"));
    }

    /** Whether a tag says whose it is. */
    boolean hasDevice() {
        for (String name : DEVICE_TAGS) {
            if (!tag(name).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private String tag(String name) {
        return tags.getOrDefault(name, "");
    }
}
