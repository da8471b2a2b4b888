package org.caravanhub.broker.dynsec;

import java.time.Duration;
import java.util.List;

/**
 * Why the accounts at the broker are not what is wanted.
 *
 * @param code one word for programs and the manual, {@code docs/reference/broker.md}
 * @param what what happened
 * @param fix what to do now
 */
public record Trouble(String code, String what, String fix) {
    private static final int NAMED = 5;

    static Trouble away(String user, String reason) {
        if (reason.contains("refuses this client") || reason.contains("does not know this user")) {
            return new Trouble(
                    "refused",
                    "The broker does not let " + user + " in, which manages its accounts.",
                    "See that caravan.mqtt.control.user and .password are those of the plugin's administrator; if the broker lost"
                            + " dynamic-security.json, put a first one there (config/mosquitto/README.md). It is tried again by itself.");
        }
        if (reason.isEmpty() || reason.equals("not connected yet")) {
            return starting();
        }
        return new Trouble(
                "away",
                "The broker cannot be reached to manage its accounts: " + reason + ".",
                "See that the broker runs. It is tried again by itself.");
    }

    static Trouble notAllowed(String user, String said) {
        return new Trouble(
                "not-allowed",
                "The broker's rules do not let " + user + " manage its accounts: " + said + ".",
                "Give " + user + " the role admin: mosquitto_ctrl dynsec addClientRole " + user + " admin");
    }

    static Trouble noAnswer(String user, Duration patience) {
        return new Trouble(
                "no-answer",
                "The Dynamic Security plugin did not answer " + user + " within " + patience.toSeconds() + " s.",
                "See that mosquitto.conf loads mosquitto_dynamic_security.so, and that " + user
                        + " has the role admin. It is tried again by itself.");
    }

    static Trouble failed(Command command, String said) {
        return new Trouble(
                "error",
                "The broker did not do `" + command + "`: " + said + ".",
                "It is tried again by itself; if that goes on, the broker's log and its disk.");
    }

    static Trouble conflicts(List<String> users) {
        return new Trouble(
                "conflict",
                "At the broker there are clients or roles of the same name that this hub did not make: " + some(users)
                        + ".",
                "Delete them there (mosquitto_ctrl dynsec deleteClient NAME, deleteRole device-NAME), or give the devices other names.");
    }

    static Trouble withoutSecret(List<String> users) {
        return new Trouble(
                "no-password",
                "The broker does not know the passwords of " + some(users)
                        + ", and the hub keeps only their hashes, so they cannot connect.",
                "Make them new ones, and put those into the devices: caravan device credentials NAME --replace --yes");
    }

    /** The broker has not been asked yet. */
    static Trouble starting() {
        return new Trouble("starting", "The accounts at the broker have not been looked at yet.", "");
    }

    /** It is at it. */
    static Trouble changing(int commands) {
        return new Trouble("changing", "The broker is being given its accounts: " + commands + " steps to go.", "");
    }

    /** Whether it is no trouble yet: nobody has to do anything, and nothing is logged. */
    public boolean passes() {
        return fix.isEmpty();
    }

    private static String some(List<String> users) {
        String named = String.join(", ", users.subList(0, Math.min(NAMED, users.size())));
        return users.size() > NAMED ? named + " and " + (users.size() - NAMED) + " more" : named;
    }
}
