package org.caravanhub.access;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.caravanhub.broker.HubLogin;
import org.caravanhub.broker.TopicRules;
import org.caravanhub.device.Registration.Topics;
import org.caravanhub.device.RegistrationDraft;
import org.caravanhub.reading.DeviceId;

/** Which topics are a device's own, family by family, and which ids and places would make it the owner of somebody else's. */
public final class FamilyRules {
    /** The families that a device can be of. */
    public static final List<String> FAMILIES = RegistrationDraft.FAMILIES;

    /** First levels of topics that belong to families and to brokers. */
    private static final Set<String> ROOTS =
            Set.of("caravan", "paku", "alona", "iot", "ruuvi", "ecoflow", "http", "homeassistant");

    /** Users that are no devices. */
    private static final Set<String> USERS = Set.of(HubLogin.USER, "admin", "hub");

    /** A device of such a name would speak on topics of another whose name stands before it. */
    private static final Set<String> LEVELS = Set.of("event", "cmd", "config", "ota", "edge", "ruuvi", "ecoflow");

    private FamilyRules() {}

    /**
     * What a device may publish and read: what is its own, and what every device may read.
     *
     * @throws IllegalArgumentException if the family is none of {@link #FAMILIES}, or a part of its topics is missing
     */
    public static TopicRules of(String device, Topics topics) {
        TopicRules own = own(device, topics);
        return own.equals(TopicRules.NOTHING) ? own : own.and(TopicRules.COMMON);
    }

    private static TopicRules own(String device, Topics topics) {
        return switch (topics.family()) {
            case "caravan" -> TopicRules.caravan(device);
            case "paku" -> paku(device, topics);
            case "alona" -> TopicRules.alona(device);
            case "iot" ->
                topics.system().isEmpty()
                        ? TopicRules.iotGateway(topics.site(), device)
                        : TopicRules.iotSensor(topics.site(), topics.system(), device);
            case "esphome" -> TopicRules.esphome(device);
            case "ruuvi" -> TopicRules.ruuviGateway(device);
            case "ecoflow" -> TopicRules.ecoflowBridge(device);
            case "http" -> TopicRules.NOTHING;
            default -> throw new IllegalArgumentException("no family has the name " + topics.family());
        };
    }

    private static TopicRules paku(String device, Topics topics) {
        String site = topics.site().isEmpty() ? "paku" : topics.site();
        TopicRules looked = TopicRules.pakuDevice(device).and(TopicRules.pakuEdge(site, device));
        return switch (topics.system()) {
            case "" -> looked;
            case "ruuvi" -> looked.and(TopicRules.pakuRuuvi(device));
            default -> looked.and(TopicRules.paku(site, topics.system(), device));
        };
    }

    /**
     * Holds the id and the place of a new device against the rules.
     *
     * @throws Refused if the device would be no device, or the owner of somebody else's topics
     */
    static void check(String device, Topics topics) {
        DeviceId.flaw(device).ifPresent(flaw -> {
            throw wrong("id", "This cannot be an id: " + flaw + ".");
        });
        if (USERS.contains(device.toLowerCase(Locale.ROOT))) {
            throw wrong("id", "The name " + device + " is the hub's own. Choose another id.");
        }
        if (!FAMILIES.contains(topics.family())) {
            throw wrong("family", "A family is one of " + String.join(", ", FAMILIES) + ".");
        }
        checkPlace("site", topics.site());
        checkPlace("system", topics.system());
        switch (topics.family()) {
            case "paku" -> checkPaku(device, topics);
            case "iot" -> {
                if (topics.site().isEmpty()) {
                    throw wrong("site", "A device of the family iot needs a site: its topics are iot/SITE/...");
                }
            }
            case "esphome" -> {
                if (ROOTS.contains(device)) {
                    throw wrong("id", "The topics below " + device + "/ belong to a family. Choose another id.");
                }
            }
            default -> {
                // Their topics hold no more than the id.
            }
        }
    }

    private static void checkPaku(String device, Topics topics) {
        if (ROOTS.contains(topics.site()) && !topics.site().equals("paku")) {
            throw wrong("site", "The topics below " + topics.site() + "/ belong to a family. Choose another site.");
        }
        if (LEVELS.contains(device)) {
            throw wrong(
                    "id",
                    "A device of the family paku cannot have the id " + device
                            + ", which is a part of others' topics.");
        }
    }

    private static void checkPlace(String member, String place) {
        if (!place.isEmpty() && !DeviceId.isValid(place)) {
            throw wrong(member, "A " + member + " is " + DeviceId.RULE + ".");
        }
    }

    private static Refused wrong(String member, String message) {
        return new Refused(Refused.Why.WRONG, member, message);
    }
}
