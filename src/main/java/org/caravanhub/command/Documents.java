package org.caravanhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON documents of configurations: changed and compared. */
public final class Documents {
    /** A difference is told up to here; what follows is alike, for a person. */
    private static final int MOST_DIFFERENCES = 200;

    private Documents() {}

    /**
     * One place where a device is not configured as it should be, or where it says more.
     *
     * @param path a JSON pointer
     * @param desired what should be, JSON; empty if nothing is wanted there
     * @param reported what the device says, JSON; empty if it says nothing
     */
    public record Difference(String path, Optional<String> desired, Optional<String> reported) {
        /** What kind: {@code differs}, {@code missing} at the device, or {@code extra} there. */
        public String kind() {
            return desired.isEmpty() ? "extra" : reported.isEmpty() ? "missing" : "differs";
        }
    }

    /** The document with a merge patch (RFC 7396): members are replaced, null takes them away. Both JSON objects. */
    public static String patched(String document, JsonNode patch) {
        JsonNode target = document.isEmpty() ? Wording.JSON.createObjectNode() : Wording.tree(document);
        return merge(target, patch).toString();
    }

    private static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode merged = target.isObject() ? ((ObjectNode) target).deepCopy() : Wording.JSON.createObjectNode();
        patch.fields().forEachRemaining(member -> {
            if (member.getValue().isNull()) {
                merged.remove(member.getKey());
            } else {
                JsonNode was = merged.path(member.getKey());
                merged.set(member.getKey(), merge(was, member.getValue()));
            }
        });
        return merged;
    }

    /** Where what a device reports is not what is desired, in the order of the documents. Numbers are compared as numbers: 60 is 60.0. */
    public static List<Difference> between(String desired, String reported) {
        List<Difference> found = new ArrayList<>();
        compare("", Wording.tree(desired), Wording.tree(reported), found);
        return found.subList(0, Math.min(found.size(), MOST_DIFFERENCES));
    }

    /** Whether a device does all that is desired; it may do more. */
    public static boolean isInStep(List<Difference> differences) {
        return differences.stream().allMatch(difference -> difference.desired().isEmpty());
    }

    private static void compare(String path, JsonNode desired, JsonNode reported, List<Difference> found) {
        if (!desired.isObject() || !reported.isObject()) {
            if (!isSame(desired, reported)) {
                found.add(new Difference(path, Optional.of(desired.toString()), Optional.of(reported.toString())));
            }
            return;
        }
        Iterator<Map.Entry<String, JsonNode>> wanted = desired.fields();
        while (wanted.hasNext()) {
            Map.Entry<String, JsonNode> member = wanted.next();
            JsonNode said = reported.get(member.getKey());
            String at = at(path, member.getKey());
            if (said == null) {
                found.add(new Difference(at, Optional.of(member.getValue().toString()), Optional.empty()));
            } else {
                compare(at, member.getValue(), said, found);
            }
        }
        reported.fields().forEachRemaining(member -> {
            if (!desired.has(member.getKey())) {
                found.add(new Difference(
                        at(path, member.getKey()),
                        Optional.empty(),
                        Optional.of(member.getValue().toString())));
            }
        });
    }

    private static boolean isSame(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        if (one.isArray() && other.isArray() && one.size() == other.size()) {
            for (int i = 0; i < one.size(); i++) {
                List<Difference> within = new ArrayList<>();
                compare("", one.get(i), other.get(i), within);
                if (!within.isEmpty()) {
                    return false;
                }
            }
            return true;
        }
        return one.equals(other);
    }

    private static String at(String path, String name) {
        return path + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
