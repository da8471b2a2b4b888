package org.caravanhub.mqtt;

import org.caravanhub.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * A message as it was handed over by the broker on one connection. An acknowledgement goes to that connection or, if it is gone,
 * nowhere: the broker then sends the message again.
 *
 * @param message what was published
 * @param qos 0, 1 or 2
 * @param packetId the broker's number for it; 0 with QoS 0
 * @param properties MQTT 5 properties as sent, absent if there are none; read by {@link UserProperties}
 * @param acks where to acknowledge it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Delivery(Message message, int qos, int packetId, byte @Nullable [] properties, Acks acks) {}
