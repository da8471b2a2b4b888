package org.caravanhub.health;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Measurements in the text format of Prometheus, version 0.0.4. Names begin with {@code caravan_} and end in their unit; a counter
 * ends in {@code _total}. Samples of one name may come from several sources. Used by one thread, for one scrape.
 */
public final class Exposition {
    private final Map<String, StringBuilder> families = new LinkedHashMap<>();

    /**
     * A number that only grows.
     *
     * @param help one sentence; what the first source of a name says is shown
     * @param labels label names and values in turn: {@code "flow", "ingest-paku"}
     */
    public void counter(String name, String help, double value, String... labels) {
        sample("counter", name, help, value, labels);
    }

    /** A number that goes up and down; parameters as in {@link #counter}. */
    public void gauge(String name, String help, double value, String... labels) {
        sample("gauge", name, help, value, labels);
    }

    /** The text so far. */
    public String text() {
        StringBuilder text = new StringBuilder(4096);
        families.values().forEach(text::append);
        return text.toString();
    }

    private void sample(String type, String name, String help, double value, String... labels) {
        StringBuilder text = families.computeIfAbsent(name, absent -> new StringBuilder()
                .append("# HELP ")
                .append(name)
                .append(' ')
                .append(help.replace("\\", "\\\\").replace("\n", "\\n"))
                .append("\n# TYPE ")
                .append(name)
                .append(' ')
                .append(type)
                .append('\n'));
        text.append(name);
        for (int i = 0; i + 1 < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
            text.append(escaped(labels[i + 1])).append('"');
        }
        if (labels.length > 0) {
            text.append('}');
        }
        text.append(' ').append(number(value)).append('\n');
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
