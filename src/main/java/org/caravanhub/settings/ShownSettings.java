package org.caravanhub.settings;

import java.util.TreeMap;

/** Settings as text for somebody else: where each was written, and of secrets only that they are set, and how long they are. */
public final class ShownSettings {
    private ShownSettings() {}

    /** A line for each; those that nobody wrote are marked. What users made for their own flows may be anything, and is hidden too. */
    public static String of(Settings settings) {
        StringBuilder text = new StringBuilder();
        for (Setting setting : Setting.values()) {
            String place = settings.place(setting);
            String value = settings.text(setting);
            boolean isShown = !value.isEmpty() && (!setting.isSecret() || place.equals(SettingsReader.DEFAULT));
            text.append(line(setting.key(), isShown ? value : hidden(value)))
                    .append("   # ")
                    .append(place)
                    .append('\n');
        }
        new TreeMap<>(settings.placeholders()).forEach((key, value) -> {
            if (key.startsWith(Settings.FLOW_KEYS)) {
                text.append(line(key, hidden(value))).append('\n');
            }
        });
        return text.toString();
    }

    private static String line(String key, String value) {
        return key + " = " + value;
    }

    private static String hidden(String value) {
        return value.isEmpty() ? "(not set)" : "(set, " + value.length() + " characters)";
    }
}
