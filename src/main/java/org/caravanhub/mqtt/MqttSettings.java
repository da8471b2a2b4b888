package org.caravanhub.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * How one client connects.
 *
 * @param broker where to
 * @param mqtt5 true for MQTT 5, false for 3.1.1
 * @param clientId the name the broker keeps the session under
 * @param userName absent for a broker that asks for none
 * @param password absent for a broker that asks for none; never shown
 * @param cleanStart true to forget an earlier session
 * @param sessionExpirySeconds how long the broker keeps the session when we are away; MQTT 5 only
 * @param receiveMaximum how many unacknowledged messages the broker may send; MQTT 5 only
 * @param keepAliveSeconds silence after which either side gives the connection up; 0 for never
 * @param connectTimeoutSeconds for the connection, and again for the broker's answer
 * @param will absent for none
 * @param tls whom to trust, if the broker is {@code ssl://}
 */
record MqttSettings(
        BrokerUrl broker,
        boolean mqtt5,
        String clientId,
        @Nullable String userName,
        @Nullable String password,
        boolean cleanStart,
        long sessionExpirySeconds,
        int receiveMaximum,
        int keepAliveSeconds,
        int connectTimeoutSeconds,
        @Nullable Will will,
        Tls tls) {

    /** The same client, whose session is over when it goes, with all that waited in it. */
    MqttSettings endingTheSession() {
        return new MqttSettings(
                broker,
                mqtt5,
                clientId,
                userName,
                password,
                true,
                0,
                receiveMaximum,
                keepAliveSeconds,
                connectTimeoutSeconds,
                null,
                tls);
    }

    @Override
    public String toString() {
        return "MqttSettings[" + broker + ", clientId=" + clientId + "]";
    }
}
