package org.caravanhub.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.caravanhub.message.TopicFilter;
import org.caravanhub.reading.DeviceId;
import org.caravanhub.text.Quoted;

/**
 * What one user may publish and what it may read, as MQTT topic filters. What is not named is refused.
 *
 * <p>Rules name topics one by one instead of "all but the commands": {@code deny} in Mosquitto's access control file
 * refuses reading together with writing, so a device could not read the commands that it must not write.
 *
 * @param publish filters of the topics that it may publish to
 * @param subscribe filters of the topics that it may read
 */
public record TopicRules(List<TopicFilter> publish, List<TopicFilter> subscribe) {
    private static final int MAX_CHARACTERS = 1024;

    /** Everything; and what the broker tells about itself. */
    public static final TopicRules EVERYTHING = of(List.of("#"), List.of("#", "$SYS/#"));

    /** @throws IllegalArgumentException if a filter holds what a line of Mosquitto's access control file cannot */
    public TopicRules {
        publish = List.copyOf(publish);
        subscribe = List.copyOf(subscribe);
        publish.forEach(TopicRules::requireOneLine);
        subscribe.forEach(TopicRules::requireOneLine);
    }

    /**
     * Rules of filters as text.
     *
     * @throws IllegalArgumentException if one of the texts is no topic filter, or does not fit on a line
     */
    public static TopicRules of(List<String> publish, List<String> subscribe) {
        return new TopicRules(
                publish.stream().map(TopicFilter::of).toList(),
                subscribe.stream().map(TopicFilter::of).toList());
    }

    /** The topics of a device that speaks Caravan's own family. */
    public static TopicRules caravan(String device) {
        String own = "caravan/" + id(device) + "/";
        return of(
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
        return of(
                List.of(own + "telemetry/+", own + "event/+", own + "heartbeat", own + "status", own + "error"),
                List.of(own + "cmd"));
    }

    /** The topics of one device in paku's hierarchy, for example site {@code paku}, system {@code heater}, device {@code emu01}. */
    public static TopicRules paku(String site, String system, String device) {
        String own = id(site) + "/" + id(system) + "/" + id(device) + "/";
        String edge = id(site) + "/edge/" + id(device) + "/";
        return of(
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
        return of(List.of("paku/ruuvi/" + id(location)), List.of());
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

    private static boolean anyCovers(List<TopicFilter> rules, String asked) {
        for (TopicFilter rule : rules) {
            if (rule.covers(asked)) {
                return true;
            }
        }
        return false;
    }

    private static List<TopicFilter> joined(List<TopicFilter> some, List<TopicFilter> more) {
        List<TopicFilter> all = new ArrayList<>(some);
        more.stream().filter(filter -> !some.contains(filter)).forEach(all::add);
        return all;
    }

    private static void requireOneLine(TopicFilter filter) {
        String text = filter.toString();
        boolean fits = text.length() <= MAX_CHARACTERS
                && text.equals(text.strip())
                && text.chars().noneMatch(Character::isISOControl);
        if (!fits) {
            throw new IllegalArgumentException("a filter in a rule has at most " + MAX_CHARACTERS
                    + " characters, no space at either end and no control characters: " + Quoted.of(text));
        }
    }

    private static String id(String text) {
        if (!DeviceId.isValid(Objects.requireNonNull(text))) {
            throw new IllegalArgumentException("an id in a topic is " + DeviceId.RULE);
        }
        return text;
    }
}
