package org.caravanhub.doctor;

import java.time.Duration;
import java.util.Optional;
import org.caravanhub.health.Health;
import org.caravanhub.mqtt.Door;
import org.caravanhub.mqtt.TrialLogin;

/** Whether a broker elsewhere lets the hub in, and nobody without a name. */
public final class BrokerLook {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private BrokerLook() {}

    /** Signs in as the hub, with a client id of its own, and goes away. */
    public static Health asTheHub(Door door) {
        return refusal(door)
                .map(why -> Health.problem(
                        "The broker at " + door.broker() + " does not let the hub in: " + why + ".",
                        "Nothing that devices say is heard.",
                        "See whether it runs: systemctl status mosquitto. Name and password are caravan.mqtt.user and"
                                + " caravan.mqtt.password; docs/how-to/use-an-outside-mosquitto.md."))
                .orElseGet(() -> Health.ok("The broker at " + door.broker() + " lets the hub in."));
    }

    /** Knocks without a name. */
    public static Optional<Health> asNobody(Door door) {
        Door nobody = new Door(door.broker(), null, null, door.trustCertificates(), door.clientIdPrefix());
        return door.user() == null || refusal(nobody).isPresent()
                ? Optional.empty()
                : Optional.of(Health.warning(
                        "The broker at " + door.broker() + " lets in whoever gives no name.",
                        "Anybody in the network can say what devices say, and hear it.",
                        "allow_anonymous false in /etc/mosquitto, then sudo systemctl restart mosquitto."));
    }

    /** A first try can take its time on a slow machine, where a program has just started and looks at all else, too. */
    private static Optional<String> refusal(Door door) {
        Optional<String> first = TrialLogin.refusal(door, LIMIT);
        return first.filter(why -> why.contains("did not answer")).isPresent()
                ? TrialLogin.refusal(door, LIMIT)
                : first;
    }
}
