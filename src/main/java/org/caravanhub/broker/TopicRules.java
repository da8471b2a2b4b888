package org.caravanhub.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.caravanhub.reading.DeviceId;

/**
 * What one user may publish and what it may read, as MQTT topic filters. What is not named is refused.
 *
 * <p>Rules name topics one by one instead of "all but the commands": {@code deny} in Mosquitto's access control file
 * refuses reading together with writing, so a device could not read the commands that it must not write.
 *
 * @param publish filters of the topics that it may publish to
 * @param subscribe filters of the topics that it may read
 */
public record TopicRules(List<String> publish, List<String> subscribe) {
    /** Everything; and what the broker tells about itself. */
    public static final TopicRules EVERYTHING = new TopicRules(List.of("#"), List.of("#", "$SYS/#"));

    /** @throws IllegalArgumentException if one of the texts is no topic filter */
    public TopicRules {
        publish = List.copyOf(publish);
        subscribe = List.copyOf(subscribe);
        publish.forEach(TopicFilter::require);
        subscribe.forEach(TopicFilter::require);
    }

    /** The topics of a device that speaks Caravan's own family. */
    public static TopicRules caravan(String device) {
        String own = "caravan/" + id(device) + "/";
        return new TopicRules(
                List.of(
                        own + "telemetry",
                        own + "status",
                        own + "event/+",
                        own + "cmd/ack",
                        own + "config/report",
                        own + "ota/status",
                        own + "ota/progress",
                        own + "ota/result"),
                List.of(own + "cmd", own + "config/set"));
    }

    /** The topics of an alona node, version 1 and before. */
    public static TopicRules alona(String node) {
        String own = "alona/" + id(node) + "/";
        return new TopicRules(
                List.of(own + "telemetry/+", own + "event/+", own + "heartbeat", own + "status", own + "error"),
                List.of(own + "cmd"));
    }

    /** The topics of one device in paku's hierarchy, for example site {@code paku}, system {@code heater}, device {@code emu01}. */
    public static TopicRules paku(String site, String system, String device) {
        String own = id(site) + "/" + id(system) + "/" + id(device) + "/";
        String edge = id(site) + "/edge/" + id(device) + "/";
        return new TopicRules(
                List.of(
                        own + "data",
                        own + "state",
                        edge + "status",
                        edge + "config",
                        edge + "config/report",
                        edge + "ota/status",
                        edge + "ota/progress",
                        edge + "ota/result"),
                List.of(own + "cmd", edge + "cmd/ota", edge + "config/set"));
    }

    /** The one topic of a paku Ruuvi collector at this place. */
    public static TopicRules pakuRuuvi(String location) {
        return new TopicRules(List.of("paku/ruuvi/" + id(location)), List.of());
    }

    /** These rules and those. */
    public TopicRules and(TopicRules more) {
        return new TopicRules(joined(publish, more.publish), joined(subscribe, more.subscribe));
    }

    /** Whether a message to this topic is taken from the user. */
    public boolean mayPublish(String topic) {
        return anyCovers(publish, topic);
    }

    /** Whether the user may have everything that this filter, or topic, stands for. */
    public boolean maySubscribe(String filter) {
        return anyCovers(subscribe, filter);
    }

    private static boolean anyCovers(List<String> rules, String asked) {
        for (String rule : rules) {
            if (TopicFilter.covers(rule, asked)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> joined(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        more.stream().filter(filter -> !some.contains(filter)).forEach(all::add);
        return all;
    }

    private static String id(String text) {
        if (!DeviceId.isValid(Objects.requireNonNull(text))) {
            throw new IllegalArgumentException("an id in a topic is " + DeviceId.RULE);
        }
        return text;
    }
}
