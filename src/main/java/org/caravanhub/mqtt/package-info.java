/**
 * The Camel component {@code mqtt:}, and the small MQTT client under it. The client ({@link org.caravanhub.mqtt.MqttClient} and
 * what it uses) knows no Camel; the classes that extend Camel's translate between the two. Reading order: {@code MqttConsumer},
 * {@code MqttSubscriber}, {@code MqttClient}, {@code MqttLink}, {@code PacketReader}. Why it exists is in
 * {@code docs/decisions/0001-own-mqtt-component.md}, its options in {@code docs/reference/components/mqtt.md}.
 */
@NullMarked
package org.caravanhub.mqtt;

import org.jspecify.annotations.NullMarked;
