package org.caravanhub.ecoflow;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.caravanhub.text.Plain;
import org.caravanhub.text.Quoted;

/**
 * Why a question had no answer that is of use.
 *
 * @param lasts whether it stays so until somebody does something
 * @param code what the cloud calls it, {@code 8521} or {@code http 503}; empty if it did not answer
 * @param what happened, for a person
 * @param fix what to do; empty if there is nothing to do but wait
 */
public record Trouble(boolean lasts, String code, String what, String fix) {
    /** The cloud says what it said before, although something flows. */
    static final Trouble REPEATS = passing("", "EcoFlow repeats old values, so the station is probably not reached");

    /** The codes that a person may meet, for a table of them. */
    private static final List<String> KNOWN = List.of("8521", "8513", "401", "1006", "6012", "1000");

    /** A serial number that is configured and that the cloud does not know. */
    static final Trouble NOT_LISTED = lasting(
            "",
            "EcoFlow does not list this station",
            "Compare caravan.ecoflow.serials with the serial number in the app, and look whether the station is under the"
                    + " account that the keys are of.");

    /** What each code that is known means. */
    public static List<Trouble> known() {
        return KNOWN.stream().map(code -> ofCode(code, "")).toList();
    }

    /** Whether it says that the cloud does not reach the station. */
    boolean isOfAbsence() {
        return equals(REPEATS) || code.equals("6012");
    }

    /** Nobody answered. */
    static Trouble ofSilence(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return passing("", inWords(cause));
    }

    private static String inWords(Throwable cause) {
        String line = NoAnswer.line(cause);
        if (cause instanceof UnknownHostException) {
            return "EcoFlow's host is not found: " + line + "; is there internet?";
        }
        if (cause instanceof SocketTimeoutException) {
            return "EcoFlow did not answer in time";
        }
        if (cause instanceof ConnectException) {
            return "EcoFlow is not reached: " + line;
        }
        if (cause instanceof SSLException || cause instanceof GeneralSecurityException) {
            return "what answers does not prove to be EcoFlow: " + line
                    + "; either the hub's clock is wrong, or the network puts something else in its place";
        }
        return "no answer from EcoFlow: " + cause.getClass().getSimpleName() + ", " + line;
    }

    static Trouble passing(String code, String what) {
        return new Trouble(false, code, what, "");
    }

    private static Trouble lasting(String code, String what, String fix) {
        return new Trouble(true, code, what, fix);
    }

    /** What a code other than {@code 0} means. */
    static Trouble ofCode(String code, String message) {
        return switch (code) {
            case "8521" ->
                lasting(
                        code,
                        "EcoFlow says that the signature is wrong",
                        "The secret key is not the one of this access key, or the hub's clock is wrong. Compare"
                                + " caravan.ecoflow.secret-key with developer.ecoflow.com, and the time with `date -u`; after a change of the key start the hub again.");
            case "8513" ->
                lasting(
                        code,
                        "EcoFlow does not know the access key",
                        "Either caravan.ecoflow.access-key is not the one at developer.ecoflow.com or was revoked there, or the"
                                + " account is of another region: try caravan.ecoflow.host=us or global. Then start the hub again.");
            case "401", "6042", "7005", "7015" ->
                lasting(
                        code,
                        "EcoFlow does not let these keys in",
                        "Make new keys at developer.ecoflow.com and write them as caravan.ecoflow.access-key and"
                                + " caravan.ecoflow.secret-key, and start the hub again.");
            case "1006" ->
                lasting(
                        code,
                        "EcoFlow does not tell of this station",
                        "It is bound to another account, or its model is not open to the developer interface. Look in the app"
                                + " whether it is under the account that the keys are of; if not, leave it out of"
                                + " caravan.ecoflow.serials.");
            case "6012" -> passing(code, "the station is offline");
            case "1000" -> passing(code, "EcoFlow could not read what the station says");
            default -> passing(Plain.line(code), "EcoFlow answers " + Quoted.of(code) + ", " + Quoted.of(message));
        };
    }

    /** What a status other than 200 means. */
    static Trouble ofStatus(int status, String location) {
        String code = "http " + status;
        if (status >= 300 && status < 400) {
            return passing(
                    code,
                    "the answer leads to another address, " + Quoted.of(location)
                            + ", which is not followed; perhaps a page of the network wants to be signed in at");
        }
        if (status == 401 || status == 403) {
            return lasting(
                    code,
                    "EcoFlow does not let the hub in, it answered " + status,
                    "Compare the keys with developer.ecoflow.com, and caravan.ecoflow.host with the account's region; after a change start the hub again.");
        }
        return passing(code, "EcoFlow answered " + status);
    }

    /** The same, with another way to put it right. */
    Trouble with(String otherFix) {
        return new Trouble(lasts, code, what, otherFix);
    }
}
