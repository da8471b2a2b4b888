package org.caravanhub.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * A way into a broker.
 *
 * @param broker where it listens
 * @param user absent for a broker that asks for none
 * @param password absent for a broker that asks for none; never shown
 * @param trustCertificates a PEM file with the authority of an {@code ssl://} broker; absent for those that Java trusts
 * @param clientIdPrefix what client ids begin with
 */
public record Door(
        BrokerUrl broker,
        @Nullable String user,
        @Nullable String password,
        @Nullable String trustCertificates,
        String clientIdPrefix) {

    /** The same way for somebody else. */
    public Door as(String someone, String secret) {
        return new Door(broker, someone, secret, trustCertificates, clientIdPrefix);
    }

    /** A client that leaves no session behind. */
    MqttSettings settings(String clientId, int keepAliveSeconds, int connectSeconds) {
        return new MqttSettings(
                broker,
                true,
                clientId,
                user,
                password,
                true,
                0,
                65_535,
                keepAliveSeconds,
                connectSeconds,
                null,
                new Tls(trustCertificates, null));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Door[" + broker + ", user=" + user + "]";
    }
}
