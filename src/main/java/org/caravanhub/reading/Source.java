package org.caravanhub.reading;

/**
 * Whose reading it is: the device, and which of its voices. With the moment of measuring this is the unique key of a reading, so
 * that a message delivered twice is kept once. A field that a family does not have is empty, never null.
 *
 * @param device device id, see {@link DeviceId}
 * @param family the protocol family: {@code paku}, {@code alona}, {@code caravan}, ...
 * @param site where the installation is, as the device says it
 * @param system the part of the installation: {@code sensors}, {@code heater}, ...
 * @param sensor for families that send one value a message, which value it is
 * @param location where the device is, as the device says it
 * @param mac the device's hardware address, as the device says it
 */
public record Source(
        String device, String family, String site, String system, String sensor, String location, String mac) {

    /** A device that has one voice and says nothing about where it is. */
    public static Source of(String device, String family) {
        return new Source(device, family, "", "", "", "", "");
    }
}
