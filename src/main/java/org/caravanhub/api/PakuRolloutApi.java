package org.caravanhub.api;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.ota.Audience;
import org.caravanhub.ota.Plan;
import org.caravanhub.ota.Rollout;
import org.caravanhub.ota.RolloutDraft;
import org.caravanhub.ota.RolloutRefused;
import org.caravanhub.ota.Rollouts;
import org.caravanhub.reading.DeviceId;
import org.caravanhub.text.Quoted;

/** How paku's tools begin and end rollouts: {@code create-paku-rollout}, {@code deactivate-paku-rollout}. */
public final class PakuRolloutApi {
    private static final List<String> TARGETS = List.of("all", "canary", "specific", "group");
    private static final Pattern MAC = Pattern.compile("[0-9A-F]{12}");
    private static final int MOST_DEVICES = 10_000;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_WORD = 64;

    private final Rollouts rollouts;

    PakuRolloutApi(Rollouts rollouts) {
        this.rollouts = rollouts;
    }

    /** A release goes to devices, with everything as it is if nobody says otherwise. */
    public Answer create(Question question) {
        LenientBody body = LenientBody.of(question.body());
        String name = body.required("name", LONGEST_NAME);
        String version = body.required("firmware_version", LONGEST_WORD);
        String model = body.required("device_model", LONGEST_WORD);
        String target = body.word("target_type", TARGETS, "");
        int percent = body.percent("rollout_percentage").orElse(100);
        boolean isActive = body.isTrue("is_active", true);
        Audience audience = audience(target, body);
        body.check();
        // Those that are named are meant, whatever the percentage.
        Plan plan = Plan.of(audience instanceof Audience.Specific ? 100 : percent);
        try {
            Rollout made =
                    rollouts.create(new RolloutDraft(name, model, version, audience, plan, !isActive), by(question));
            return answer("Rollout created successfully", made);
        } catch (RolloutRefused refused) {
            throw problem(refused);
        }
    }

    /** Nobody is offered it any more. It is paused, so that `caravan rollout resume` lets it go on; doing so again changes nothing. */
    public Answer deactivate(Question question) {
        long id = question.number("id");
        Rollout is = rollouts.find(id)
                .orElseThrow(() -> Problem.notFound("rollout", Long.toString(id)))
                .rollout();
        try {
            is = switch (is.state()) {
                case RUNNING -> rollouts.pause(id, "deactivated", by(question));
                case COMPLETED, ROLLING_BACK -> rollouts.stop(id, by(question));
                case PAUSED, STOPPED, ROLLED_BACK -> is;
            };
        } catch (RolloutRefused refused) {
            throw problem(refused);
        }
        return answer("Rollout deactivated successfully", is);
    }

    private static Audience audience(String target, LenientBody body) {
        LenientBody filter = body.inner("target_filter");
        Set<String> ids = new TreeSet<>(filter.texts("device_ids", MOST_DEVICES));
        Set<String> macs = new TreeSet<>();
        for (String mac : filter.texts("mac_addresses", MOST_DEVICES)) {
            macs.add(mac.replaceAll("[:.-]", "").toUpperCase(Locale.ROOT));
        }
        String group = filter.text("group", LONGEST_WORD);
        body.take(filter);
        Optional<String> wrong =
                ids.stream().filter(id -> !DeviceId.isValid(id)).findFirst();
        wrong.ifPresent(id -> body.fault("target_filter", Quoted.of(id) + " is no device id.", DeviceId.RULE));
        macs.stream()
                .filter(mac -> !MAC.matcher(mac).matches())
                .findFirst()
                .ifPresent(mac ->
                        body.fault("target_filter", Quoted.of(mac) + " is no hardware address.", "DE:BA:7A:B1:E0:42"));
        switch (target) {
            case "specific" -> {
                if (ids.isEmpty() && macs.isEmpty()) {
                    body.fault("target_filter", "It names nobody.", "{\"device_ids\":[\"hut-1\"]}");
                }
                return new Audience.Specific(ids, macs);
            }
            case "group" -> {
                if (group.isEmpty()) {
                    body.fault("target_filter", "It names no group.", "{\"group\":\"kitchen\"}");
                }
                return new Audience.Group(group);
            }
            case "canary" -> {
                return new Audience.Canary();
            }
            default -> {
                return new Audience.All();
            }
        }
    }

    private static Rollouts.Asker by(Question question) {
        return new Rollouts.Asker(question.principal().name(), question.operation());
    }

    private static Problem problem(RolloutRefused refused) {
        ProblemCode code =
                switch (refused.why()) {
                    case INVALID -> ProblemCode.NOT_UNDERSTOOD;
                    case NO_RELEASE, NO_ROLLOUT -> ProblemCode.NOT_FOUND;
                    case NAME_TAKEN -> ProblemCode.CONFLICT;
                    case NOT_NOW, NOTHING_TO_RETURN -> ProblemCode.NOT_NOW;
                };
        return Problem.of(code, String.valueOf(refused.getMessage()));
    }

    private static Answer answer(String message, Rollout rollout) {
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeStringField("status", "ok");
            json.writeStringField("message", message);
            json.writeNumberField("id", rollout.id());
            json.writeStringField("name", rollout.name());
            json.writeEndObject();
        });
    }
}
