package org.caravanhub.reading;

import java.util.OptionalLong;

/**
 * What devices of all families say of themselves in a status. A text that is not given is empty.
 *
 * @param activity what it is at, in its own word: {@code COLLECT}, {@code SLEEP}
 * @param uptimeSeconds since it started
 * @param rssiDbm how strong its radio signal is
 * @param firmware the version that it runs
 * @param model what kind of device it is
 */
public record Vitals(String activity, OptionalLong uptimeSeconds, OptionalLong rssiDbm, String firmware, String model) {

    /** Nothing is known. */
    public static final Vitals NONE = new Vitals("", OptionalLong.empty(), OptionalLong.empty(), "", "");
}
