package org.caravanhub.mqtt;

/**
 * What the broker publishes for a client that went away without saying goodbye.
 *
 * @param topic where
 * @param payload what; not copied
 * @param qos 0, 1 or 2
 * @param retained whether the broker keeps it for later subscribers
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Will(String topic, byte[] payload, int qos, boolean retained) {}
