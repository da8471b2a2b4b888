package org.caravanhub.mqtt;

import java.nio.charset.StandardCharsets;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/** The options of an endpoint that say how to connect. Those that are not set are taken from the component. */
@UriParams
public final class MqttConfiguration {
    @UriParam(
            label = "common",
            description = "Where the broker is: tcp://HOST:PORT or ssl://HOST:PORT. Default: the component's.")
    private @Nullable String brokerUrl;

    @UriParam(
            label = "common",
            enums = "5,3.1.1",
            description = "Version of the protocol. Default: the component's, which is 5.")
    private @Nullable String mqttVersion;

    @UriParam(
            label = "common",
            description = "Name of the session at the broker; no two clients may share one. Default: the component's"
                    + " clientIdPrefix and the route's id. A producer has a random one.")
    private @Nullable String clientId;

    @UriParam(label = "security", secret = true, description = "User name. Default: the component's.")
    private @Nullable String userName;

    @UriParam(label = "security", secret = true, description = "Password. Default: the component's.")
    private @Nullable String password;

    @UriParam(
            label = "security",
            description = "PEM file with the certificates to trust with ssl://. Default: the component's; without any,"
                    + " those that Java trusts. The host's name is always checked.")
    private @Nullable String trustCertificates;

    @UriParam(
            label = "security",
            description = "TLS with everything, client certificate included. Wins over trustCertificates.")
    private @Nullable SSLContextParameters sslContextParameters;

    @UriParam(
            label = "common",
            defaultValue = "30",
            description = "Seconds of silence after which either side gives the connection up; 0 for never.")
    private int keepAliveInterval = 30;

    @UriParam(
            label = "common",
            defaultValue = "10",
            description = "Seconds to wait for the connection, and again for the broker's answer.")
    private int connectionTimeout = 10;

    @UriParam(label = "consumer,will", description = "Topic on which the broker reports that we went away unannounced.")
    private @Nullable String willTopic;

    @UriParam(label = "consumer,will", description = "What the broker publishes there.")
    private String willPayload = "";

    @UriParam(
            label = "consumer,will",
            enums = "0,1,2",
            defaultValue = "1",
            description = "Quality of service of that message.")
    private int willQos = 1;

    @UriParam(label = "consumer,will", description = "Whether the broker keeps that message for later subscribers.")
    private boolean willRetained;

    @Nullable
    Will will() {
        return willTopic == null
                ? null
                : new Will(willTopic, willPayload.getBytes(StandardCharsets.UTF_8), willQos, willRetained);
    }

    public @Nullable String getBrokerUrl() {
        return brokerUrl;
    }

    public void setBrokerUrl(@Nullable String brokerUrl) {
        this.brokerUrl = brokerUrl;
    }

    public @Nullable String getMqttVersion() {
        return mqttVersion;
    }

    public void setMqttVersion(@Nullable String mqttVersion) {
        this.mqttVersion = mqttVersion;
    }

    public @Nullable String getClientId() {
        return clientId;
    }

    public void setClientId(@Nullable String clientId) {
        this.clientId = clientId;
    }

    public @Nullable String getUserName() {
        return userName;
    }

    public void setUserName(@Nullable String userName) {
        this.userName = userName;
    }

    public @Nullable String getPassword() {
        return password;
    }

    public void setPassword(@Nullable String password) {
        this.password = password;
    }

    public @Nullable String getTrustCertificates() {
        return trustCertificates;
    }

    public void setTrustCertificates(@Nullable String trustCertificates) {
        this.trustCertificates = trustCertificates;
    }

    public @Nullable SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(@Nullable SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public int getKeepAliveInterval() {
        return keepAliveInterval;
    }

    public void setKeepAliveInterval(int keepAliveInterval) {
        this.keepAliveInterval = keepAliveInterval;
    }

    public int getConnectionTimeout() {
        return connectionTimeout;
    }

    public void setConnectionTimeout(int connectionTimeout) {
        this.connectionTimeout = connectionTimeout;
    }

    public @Nullable String getWillTopic() {
        return willTopic;
    }

    public void setWillTopic(@Nullable String willTopic) {
        this.willTopic = willTopic;
    }

    public String getWillPayload() {
        return willPayload;
    }

    public void setWillPayload(String willPayload) {
        this.willPayload = willPayload;
    }

    public int getWillQos() {
        return willQos;
    }

    public void setWillQos(int willQos) {
        this.willQos = willQos;
    }

    public boolean isWillRetained() {
        return willRetained;
    }

    public void setWillRetained(boolean willRetained) {
        this.willRetained = willRetained;
    }
}
