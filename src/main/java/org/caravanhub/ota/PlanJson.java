package org.caravanhub.ota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** How plan and audience of a rollout are written in its row, and read. */
public final class PlanJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PlanJson() {}

    /** One line. */
    public static String of(Audience audience) {
        ObjectNode json = JSON.createObjectNode();
        if (audience instanceof Audience.Specific named) {
            json.put("to", "specific");
            put(json.putArray("ids"), named.ids());
            put(json.putArray("macs"), named.macs());
        } else if (audience instanceof Audience.Group group) {
            json.put("to", "group").put("group", group.name());
        } else {
            json.put("to", audience instanceof Audience.Canary ? "canary" : "all");
        }
        return json.toString();
    }

    /** One line. */
    public static String of(Plan plan) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode rings = json.putArray("rings");
        for (Plan.Ring ring : plan.rings()) {
            rings.addObject()
                    .put("group", ring.group())
                    .put("percent", ring.percent())
                    .put("success", ring.success())
                    .put("soak_s", ring.soak().toSeconds());
        }
        plan.atOnce().ifPresent(number -> json.put("at_once", number));
        plan.leastCharge().ifPresent(percent -> json.put("least_charge", percent));
        json.put("unknown_charge_waits", plan.unknownChargeWaits());
        plan.window().ifPresent(window -> json.putObject("window")
                .put("from", window.from().toString())
                .put("until", window.until().toString()));
        json.put("healthy_ms", plan.healthyFor().toMillis())
                .put("patience_ms", plan.patience().toMillis())
                .put("stop_failures", plan.stop().failures())
                .put("stop_percent", plan.stop().percent())
                .put("returns_failed", plan.returnsFailed())
                .put("allows_downgrade", plan.allowsDowngrade());
        return json.toString();
    }

    /** The audience that was written so. */
    public static Audience audience(String text) {
        JsonNode json = read(text);
        return switch (json.path("to").asText()) {
            case "specific" -> new Audience.Specific(texts(json.path("ids")), texts(json.path("macs")));
            case "group" -> new Audience.Group(json.path("group").asText());
            case "canary" -> new Audience.Canary();
            default -> new Audience.All();
        };
    }

    /** The plan that was written so. */
    public static Plan plan(String text) {
        JsonNode json = read(text);
        List<Plan.Ring> rings = new ArrayList<>();
        for (JsonNode ring : json.path("rings")) {
            rings.add(new Plan.Ring(
                    ring.path("group").asText(),
                    ring.path("percent").asInt(),
                    ring.path("success").asInt(),
                    Duration.ofSeconds(ring.path("soak_s").asLong())));
        }
        JsonNode window = json.path("window");
        return new Plan(
                rings,
                json.has("at_once") ? OptionalInt.of(json.path("at_once").asInt()) : OptionalInt.empty(),
                json.has("least_charge")
                        ? OptionalDouble.of(json.path("least_charge").asDouble())
                        : OptionalDouble.empty(),
                json.path("unknown_charge_waits").asBoolean(true),
                window.isObject()
                        ? Optional.of(new Plan.Window(
                                LocalTime.parse(window.path("from").asText()),
                                LocalTime.parse(window.path("until").asText())))
                        : Optional.empty(),
                Duration.ofMillis(json.path("healthy_ms").asLong()),
                Duration.ofMillis(json.path("patience_ms").asLong()),
                new Plan.Stop(
                        json.path("stop_failures").asInt(),
                        json.path("stop_percent").asInt()),
                json.path("returns_failed").asBoolean(),
                json.path("allows_downgrade").asBoolean());
    }

    private static void put(ArrayNode array, Collection<String> texts) {
        new TreeSet<>(texts).forEach(array::add);
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException("The row of a rollout cannot be read: " + e.getMessage(), e);
        }
    }
}
