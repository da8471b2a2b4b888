package org.caravanhub.mqtt;

import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Why a connection ended, in words for an operator.
 *
 * @param reason what happened and, where it is known, what to do now; holds no credentials
 * @param hurryHarms whether coming back at once makes it worse
 */
record Ending(String reason, boolean hurryHarms) {
    static final Ending CLOSED = new Ending("the broker closed the connection", false);
    static final Ending CLOSED_AGAIN = new Ending(
            "the broker closes each connection soon; probably another client has the same client id: give each its own,"
                    + " by clientId or clientIdPrefix",
            true);
    private static final int TAKEN_OVER = 0x8e;

    static Ending because(String reason) {
        return new Ending(reason, false);
    }

    static Ending because(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String said = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        if (contains(fault, SSLHandshakeException.class)) {
            return because(
                    "TLS failed: " + said
                            + "; check that trustCertificates names the broker's CA and that the URL has the name in its certificate");
        }
        if (root instanceof DecoderException) {
            return because("the broker sent what is not MQTT: " + said);
        }
        return because(root instanceof IOException ? said : root.getClass().getSimpleName() + ": " + said);
    }

    /** The broker said no to CONNECT with this code, of MQTT 5 or 3.1.1. */
    static Ending refused(int code) {
        return switch (code) {
            case 0x04, 0x86 ->
                because("the broker does not know this user name and password; check userName and password");
            case 0x05, 0x87 ->
                because("the broker refuses this client; check userName, password and the broker's access rules");
            case 0x01, 0x84 -> because("the broker does not speak this version; set mqttVersion to the other one");
            case 0x02, 0x85 -> because("the broker refuses this client id; check clientId");
            default -> because("the broker refused the connection, " + hex(code));
        };
    }

    /** The broker ended the connection with this code, MQTT 5 only. */
    static Ending byBroker(int code) {
        return switch (code) {
            case 0x00 -> because("the broker said goodbye");
            case TAKEN_OVER ->
                new Ending(
                        "another client connected with the same client id; give each its own, by clientId or clientIdPrefix",
                        true);
            case 0x8b -> because("the broker is shutting down");
            case 0x95 -> because("the broker refuses a packet as too large");
            case 0x98 -> because("the broker's administrator ended the connection");
            default -> because("the broker ended the connection, " + hex(code));
        };
    }

    private static String hex(int code) {
        return "reason code 0x" + Integer.toHexString(code);
    }

    private static boolean contains(Throwable fault, Class<? extends Throwable> type) {
        for (Throwable at = fault; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return true;
            }
        }
        return false;
    }
}
