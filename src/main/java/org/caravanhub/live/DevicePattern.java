package org.caravanhub.live;

import java.util.Arrays;
import java.util.List;

/** Which devices are meant: names separated by commas, in which {@code *} stands for any characters. Immutable. */
public final class DevicePattern {
    private final List<String> patterns;

    private DevicePattern(List<String> patterns) {
        this.patterns = patterns;
    }

    /** Reads it; empty text means every device. */
    public static DevicePattern of(String text) {
        return new DevicePattern(Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .toList());
    }

    /** Whether this device is meant. */
    public boolean matches(String device) {
        if (patterns.isEmpty()) {
            return true;
        }
        for (String pattern : patterns) {
            if (matches(pattern, device)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String pattern, String device) {
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) {
            return pattern.equals(device);
        }
        String last = parts[parts.length - 1];
        if (!device.startsWith(parts[0])
                || !device.endsWith(last)
                || device.length() < parts[0].length() + last.length()) {
            return false;
        }
        int at = parts[0].length();
        int end = device.length() - last.length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = device.indexOf(parts[i], at);
            if (found < 0 || found + parts[i].length() > end) {
                return false;
            }
            at = found + parts[i].length();
        }
        return true;
    }
}
