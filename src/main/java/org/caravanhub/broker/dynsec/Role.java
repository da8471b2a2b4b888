package org.caravanhub.broker.dynsec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.caravanhub.broker.TopicRules;
import org.caravanhub.message.TopicFilter;

/**
 * What somebody may do, in the plugin's words. Mosquitto 2.0 has no placeholders for user names, so each device has a role of its own
 * with its topics written out.
 *
 * <p>A filter without wildcards may be subscribed to literally: then {@code #}, {@code +} and {@code $share} are refused although they
 * would cover it. Receiving is a rule of its own, which is asked at each delivery: who may not receive any more gets nothing, even by a
 * subscription from before. Unsubscribing is allowed to all.
 *
 * @param name the plugin's name for it
 * @param rules {@code ACLTYPE TOPIC}, in the order in which they are sent
 */
record Role(String name, Set<String> rules) {
    private static final String DEVICE_PREFIX = "device-";

    /** The hub's own role. */
    static final Role HUB = of("caravan-hub", TopicRules.EVERYTHING);

    static Role ofDevice(String user, TopicRules rules) {
        return of(nameOfDevice(user), rules);
    }

    static String nameOfDevice(String user) {
        return DEVICE_PREFIX + user;
    }

    private static Role of(String name, TopicRules topics) {
        Set<String> rules = new LinkedHashSet<>();
        for (TopicFilter filter : topics.publish()) {
            rules.add("publishClientSend " + filter);
        }
        for (TopicFilter filter : topics.subscribe()) {
            String text = filter.toString();
            boolean literal = text.indexOf('+') < 0 && text.indexOf('#') < 0;
            rules.add((literal ? "subscribeLiteral " : "subscribePattern ") + text);
            rules.add("publishClientReceive " + text);
        }
        return new Role(name, rules);
    }

    /** The same rules always have the same one, in whatever order the plugin tells them. */
    String digest() {
        return Fingerprint.of(String.join("\n", new TreeSet<>(rules)));
    }

    ArrayNode json() {
        ArrayNode acls = JsonNodeFactory.instance.arrayNode();
        for (String rule : rules) {
            int space = rule.indexOf(' ');
            acls.addObject()
                    .put("acltype", rule.substring(0, space))
                    .put("topic", rule.substring(space + 1))
                    .put("priority", 0)
                    .put("allow", true);
        }
        return acls;
    }

    /** The digest of rules that the plugin told; one that refuses or has a priority is none of ours, so it differs. */
    static String digest(JsonNode acls) {
        Set<String> rules = new TreeSet<>();
        for (JsonNode acl : acls) {
            String rule = acl.path("acltype").asText() + " " + acl.path("topic").asText();
            boolean plain =
                    acl.path("allow").asBoolean(true) && acl.path("priority").asInt(0) == 0;
            rules.add(plain ? rule : rule + " " + acl);
        }
        return Fingerprint.of(String.join("\n", rules));
    }
}
