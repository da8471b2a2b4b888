package org.caravanhub.api;

import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.caravanhub.http.Problem;
import org.caravanhub.ota.Audience;
import org.caravanhub.ota.Plan;
import org.caravanhub.ota.RolloutDraft;
import org.caravanhub.reading.DeviceId;
import org.caravanhub.text.Quoted;

/**
 * Which release somebody wants to go to which devices, and how: schema {@code NewRollout} of {@code openapi.yaml}.
 */
final class RolloutRequest {
    static final int MOST_DEVICES = 1000;
    static final int MOST_RINGS = 20;
    private static final int LONGEST_NAME = 64;
    private static final int MOST_AT_ONCE = 10_000;
    private static final int USUAL_SUCCESS = 90;
    /** What stands for a time that was not understood; nobody can say it. */
    private static final LocalTime NO_TIME = LocalTime.MAX;

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Pattern MAC = Pattern.compile("[0-9A-F]{12}");

    private static final List<String> KNOWN = List.of(
            "name",
            "model",
            "version",
            "audience",
            "percentage",
            "rings",
            "at_once",
            "least_charge",
            "unknown_charge_waits",
            "window",
            "healthy_for",
            "patience",
            "pause_on",
            "return_failed",
            "allow_downgrade",
            "paused");

    private RolloutRequest() {}

    /**
     * Reads it.
     *
     * @throws Problem with every mistake that there is
     */
    static RolloutDraft read(byte[] body) {
        StrictObject given = StrictObject.of(body, "{\"model\":\"hut-climate\",\"version\":\"1.4.0\"}", KNOWN);
        String model = given.text("model", LONGEST_NAME, "");
        String version = given.text("version", LONGEST_NAME, "");
        if (!given.has("model")) {
            given.wrong("model", "missing", "model must say which devices it is for.", "the model of a release");
        }
        if (!given.has("version")) {
            given.wrong("version", "missing", "version must say which release they get.", "caravan firmware list");
        }
        String name = given.text("name", LONGEST_NAME, model + " " + version);
        Audience audience = audience(given);
        int percentage = given.whole("percentage", 0, 100, 100);
        Plan plan = plan(given, percentage);
        if (name.contains("/")) {
            given.wrong("name", "not_allowed", "A name has no slash.", model + " " + version);
        }
        boolean isPaused = given.flag("paused");
        given.check();
        return new RolloutDraft(name, model, version, audience, plan, isPaused);
    }

    private static Audience audience(StrictObject given) {
        Optional<StrictObject> said = given.object("audience", List.of("kind", "devices", "macs", "group"));
        if (said.isEmpty()) {
            return new Audience.All();
        }
        StrictObject audience = said.get();
        String usual =
                audience.has("group") ? "group" : audience.has("devices") || audience.has("macs") ? "devices" : "all";
        String kind = audience.word("kind", List.of("all", "canary", "devices", "group"), usual);
        Set<String> ids = new LinkedHashSet<>(audience.texts("devices", MOST_DEVICES));
        Set<String> macs = new LinkedHashSet<>();
        audience.texts("macs", MOST_DEVICES).forEach(mac -> macs.add(plain(mac)));
        String group = audience.text("group", LONGEST_NAME, "");
        for (String id : ids) {
            if (!DeviceId.isValid(id)) {
                audience.wrong(
                        "devices", "not_allowed", Quoted.of(id) + " is no device id: " + DeviceId.RULE, "hut-door");
            }
        }
        for (String mac : macs) {
            if (!MAC.matcher(mac).matches()) {
                audience.wrong("macs", "not_allowed", Quoted.of(mac) + " is no address.", "DE:BA:7A:B1:E0:42");
            }
        }
        boolean isSpecific = kind.equals("devices");
        if (isSpecific && ids.isEmpty() && macs.isEmpty()) {
            audience.wrong("devices", "missing", "It does not say which devices.", "devices, macs, or both");
        }
        if (kind.equals("group") && group.isEmpty()) {
            audience.wrong("group", "missing", "It does not say which group.", "caravan device list");
        }
        if (!isSpecific && !(ids.isEmpty() && macs.isEmpty()) || !kind.equals("group") && !group.isEmpty()) {
            audience.wrong(
                    "kind", "not_allowed", "It names devices or a group, and is of another kind.", "leave kind out");
        }
        return switch (kind) {
            case "canary" -> new Audience.Canary();
            case "devices" -> new Audience.Specific(ids, macs);
            case "group" -> new Audience.Group(group);
            default -> new Audience.All();
        };
    }

    private static Plan plan(StrictObject given, int percentage) {
        Optional<StrictObject> pause = given.object("pause_on", List.of("failures", "percent"));
        Plan.Stop stop = new Plan.Stop(
                pause.map(on -> on.whole("failures", 0, 100_000, 0)).orElse(Plan.STOP.failures()),
                pause.map(on -> on.whole("percent", 0, 100, 0)).orElse(Plan.STOP.percent()));
        return new Plan(
                rings(given, percentage),
                given.has("at_once") ? OptionalInt.of(given.whole("at_once", 1, MOST_AT_ONCE, 1)) : OptionalInt.empty(),
                given.has("least_charge")
                        ? OptionalDouble.of(given.number("least_charge", 0, 100))
                        : OptionalDouble.empty(),
                !given.has("unknown_charge_waits") || given.flag("unknown_charge_waits"),
                window(given),
                given.duration("healthy_for", Duration.ZERO, DAY, Plan.HEALTHY_FOR),
                given.duration("patience", SECOND, MONTH, Plan.PATIENCE),
                stop,
                given.flag("return_failed"),
                given.flag("allow_downgrade"));
    }

    /** Without rings there is one, of everybody. */
    private static List<Plan.Ring> rings(StrictObject given, int percentage) {
        List<StrictObject> said = given.objects("rings", MOST_RINGS, List.of("group", "percent", "success", "soak"));
        if (said.isEmpty()) {
            return List.of(new Plan.Ring("", percentage, USUAL_SUCCESS, Duration.ZERO));
        }
        if (given.has("percentage")) {
            given.wrong("percentage", "not_allowed", "Each ring has its own percentage.", "rings[].percent");
        }
        List<Plan.Ring> rings = new ArrayList<>();
        for (StrictObject ring : said) {
            rings.add(new Plan.Ring(
                    ring.text("group", LONGEST_NAME, ""),
                    ring.whole("percent", 0, 100, 100),
                    ring.whole("success", 0, 100, USUAL_SUCCESS),
                    ring.duration("soak", Duration.ZERO, MONTH, Duration.ZERO)));
        }
        return rings;
    }

    private static Optional<Plan.Window> window(StrictObject given) {
        Optional<StrictObject> said = given.object("window", List.of("from", "until"));
        if (said.isEmpty()) {
            return Optional.empty();
        }
        LocalTime from = time(said.get(), "from");
        LocalTime until = time(said.get(), "until");
        if (from.equals(until) && !from.equals(NO_TIME)) {
            said.get().wrong("until", "not_allowed", "The window ends when it begins.", "06:00");
        }
        return Optional.of(new Plan.Window(from, until));
    }

    private static LocalTime time(StrictObject window, String member) {
        try {
            return LocalTime.parse(window.text(member, 5, ""));
        } catch (DateTimeParseException e) {
            window.wrong(member, "wrong_type", "window." + member + " is no time of day.", "22:00");
            return NO_TIME;
        }
    }

    private static String plain(String mac) {
        return mac.replaceAll("[:.-]", "").toUpperCase(Locale.ROOT);
    }
}
