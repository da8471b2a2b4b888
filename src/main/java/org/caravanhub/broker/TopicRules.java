package org.caravanhub.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
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

    /** What a device that is on no topic may say, and read. */
    public static final TopicRules NOTHING = of(List.of(), List.of());

    /** What every device may read, whatever its family, and only the hub writes: how much it may do, and how power stations are. */
    public static final TopicRules COMMON = of(List.of(), List.of("caravan/power/profile", "paku/ecoflow/+/power"));

    private static final Pattern MAC = Pattern.compile("[0-9A-Fa-f]{12}");

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
                List.of(own + "cmd", own + "cmd/ota", own + "config/set"));
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
        return of(List.of(own + "data", own + "state", own + "status"), List.of(own + "cmd", own + "control"))
                .and(pakuEdge(site, device));
    }

    /** The topics on which a paku device is looked after: how it is, its configuration, its firmware. */
    public static TopicRules pakuEdge(String site, String device) {
        String edge = id(site) + "/edge/" + id(device) + "/";
        TopicRules rules = of(
                List.of(
                        edge + "status",
                        edge + "config",
                        edge + "config/report",
                        edge + "ota/status",
                        edge + "ota/progress",
                        edge + "ota/result"),
                List.of(edge + "cmd/ota", edge + "config/set"));
        return site.equals("paku") ? rules.and(pakuBefore(device)) : rules;
    }

    /** Where paku's devices fetched firmware before 2026; an ESP8266 may do so still. */
    private static TopicRules pakuBefore(String device) {
        String own = "paku/devices/" + id(device) + "/";
        return of(List.of(own + "ota/status", own + "ota/progress", own + "ota/result"), List.of(own + "cmd/ota"));
    }

    /** The topics of a paku device as they were first thought of, {@code paku/DEVICE/telemetry} and its siblings. */
    public static TopicRules pakuDevice(String device) {
        String own = "paku/" + id(device) + "/";
        return of(
                List.of(own + "telemetry", own + "state", own + "event/+"), // event/ack is one of them
                List.of(own + "cmd"));
    }

    /** The topics of a homelab gateway and of all that is behind it. */
    public static TopicRules iotGateway(String site, String gateway) {
        String own = "iot/" + id(site) + "/" + id(gateway) + "/";
        return of(
                List.of(
                        own + "_gateway/status",
                        own + "commands/response",
                        own + "+/+/+",
                        own + "+/+/commands/response"),
                List.of(own + "commands/#", own + "+/+/commands/#"));
    }

    /** The topics of one sensor behind a homelab gateway, wherever it is put. */
    public static TopicRules iotSensor(String site, String gateway, String sensor) {
        String own = "iot/" + id(site) + "/" + id(gateway) + "/+/" + id(sensor) + "/";
        return of(List.of(own + "+", own + "commands/response"), List.of(own + "commands/#"));
    }

    /** The topics of an ESPHome node below its prefix, which is its id. Discovery is not among them. */
    public static TopicRules esphome(String prefix) {
        String own = id(prefix) + "/";
        return of(
                List.of(own + "status", own + "debug", own + "+/+/state", own + "+/+/+/state"),
                List.of(own + "+/+/command", own + "+/+/+/command"));
    }

    /** The topics of a Ruuvi Gateway. It calls itself by its address with colons; its id has none. */
    public static TopicRules ruuviGateway(String gateway) {
        String own = "ruuvi/" + id(gateway) + "/+";
        if (!MAC.matcher(gateway).matches()) {
            return of(List.of(own), List.of());
        }
        String address = gateway.toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:");
        return of(List.of(own, "ruuvi/" + address + "/+"), List.of());
    }

    /** The topics of a bridge that hears power stations: one for each, and one for itself. */
    public static TopicRules ecoflowBridge(String bridge) {
        return of(List.of("ecoflow/" + id(bridge) + "/+"), List.of());
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
