package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.caravanhub.http.Moment;
import org.caravanhub.ota.Audience;
import org.caravanhub.ota.Counts;
import org.caravanhub.ota.DeviceUpdate;
import org.caravanhub.ota.Figures;
import org.caravanhub.ota.Plan;
import org.caravanhub.ota.Preview;
import org.caravanhub.ota.Rollout;
import org.caravanhub.ota.RolloutDraft;
import org.caravanhub.ota.RolloutStatus;

/** A rollout and the updates of its devices, as the API and the stream of events write them: schemas {@code Rollout} and {@code DeviceUpdate}. */
final class RolloutJson {
    private RolloutJson() {}

    /** The members of a rollout, without the object around them. */
    static void writeMembers(JsonGenerator json, Rollout rollout) throws IOException {
        json.writeNumberField("id", rollout.id());
        json.writeStringField("name", rollout.name());
        json.writeStringField("model", rollout.model());
        json.writeStringField("version", rollout.version());
        json.writeStringField("state", rollout.state().word());
        json.writeStringField("reason", rollout.reason());
        json.writeNumberField("percent", rollout.percent());
        json.writeNumberField("ring", rollout.ring());
        json.writeObjectFieldStart("audience");
        write(json, rollout.audience());
        json.writeEndObject();
        write(json, rollout.plan());
        json.writeFieldName("returns");
        if (rollout.returns().isPresent()) {
            json.writeNumber(rollout.returns().getAsLong());
        } else {
            json.writeNull();
        }
        json.writeStringField("created_at", Moment.text(rollout.createdAt()));
        json.writeStringField("created_by", rollout.createdBy());
        json.writeStringField("changed_at", Moment.text(rollout.changedAt()));
    }

    private static void write(JsonGenerator json, Audience audience) throws IOException {
        if (audience instanceof Audience.Specific specific) {
            json.writeStringField("kind", "devices");
            json.writeArrayFieldStart("devices");
            for (String id : specific.ids()) {
                json.writeString(id);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("macs");
            for (String mac : specific.macs()) {
                json.writeString(mac);
            }
            json.writeEndArray();
        } else if (audience instanceof Audience.Group group) {
            json.writeStringField("kind", "group");
            json.writeStringField("group", group.name());
        } else {
            json.writeStringField("kind", audience instanceof Audience.Canary ? "canary" : "all");
        }
    }

    private static void write(JsonGenerator json, Plan plan) throws IOException {
        json.writeArrayFieldStart("rings");
        for (Plan.Ring ring : plan.rings()) {
            json.writeStartObject();
            json.writeStringField("group", ring.group());
            json.writeNumberField("percent", ring.percent());
            json.writeNumberField("success", ring.success());
            json.writeStringField("soak", StrictObject.written(ring.soak()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeFieldName("at_once");
        if (plan.atOnce().isPresent()) {
            json.writeNumber(plan.atOnce().getAsInt());
        } else {
            json.writeNull();
        }
        json.writeFieldName("least_charge");
        if (plan.leastCharge().isPresent()) {
            json.writeNumber(plan.leastCharge().getAsDouble());
        } else {
            json.writeNull();
        }
        json.writeBooleanField("unknown_charge_waits", plan.unknownChargeWaits());
        json.writeFieldName("window");
        if (plan.window().isPresent()) {
            json.writeStartObject();
            json.writeStringField("from", plan.window().get().from().toString());
            json.writeStringField("until", plan.window().get().until().toString());
            json.writeEndObject();
        } else {
            json.writeNull();
        }
        json.writeStringField("healthy_for", StrictObject.written(plan.healthyFor()));
        json.writeStringField("patience", StrictObject.written(plan.patience()));
        json.writeObjectFieldStart("pause_on");
        json.writeNumberField("failures", plan.stop().failures());
        json.writeNumberField("percent", plan.stop().percent());
        json.writeEndObject();
        json.writeBooleanField("return_failed", plan.returnsFailed());
        json.writeBooleanField("allow_downgrade", plan.allowsDowngrade());
    }

    /** A rollout and how far it is. */
    static void write(JsonGenerator json, RolloutStatus status) throws IOException {
        json.writeStartObject();
        json.writeStringField("rollout_version", version(status.rollout()));
        writeMembers(json, status.rollout());
        json.writeFieldName("counts");
        write(json, status.counts());
        json.writeArrayFieldStart("failed");
        for (String device : status.failed()) {
            json.writeString(device);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Changes whenever somebody, or the rollout by itself, changes its state, ring or percentage. */
    static String version(Rollout rollout) {
        return "r" + rollout.id() + "-" + Long.toString(rollout.changedAt().toEpochMilli(), 36);
    }

    /** Every state with its number, and how many there are. */
    static void write(JsonGenerator json, Counts counts) throws IOException {
        json.writeStartObject();
        json.writeNumberField("devices", counts.total());
        for (DeviceUpdate.State state : DeviceUpdate.State.values()) {
            json.writeNumberField(state.word(), counts.of(state));
        }
        json.writeEndObject();
    }

    /** What a rollout would do. */
    static void write(JsonGenerator json, RolloutDraft draft, Preview preview) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", draft.name());
        json.writeStringField("model", draft.model());
        json.writeStringField("version", draft.version());
        json.writeNumberField("devices", preview.devices());
        json.writeArrayFieldStart("rings");
        for (int i = 0; i < preview.rings().size(); i++) {
            Plan.Ring ring = draft.plan().rings().get(i);
            json.writeStartObject();
            json.writeStringField("group", ring.group());
            json.writeNumberField("percent", ring.percent());
            json.writeNumberField("devices", preview.rings().get(i));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("first");
        for (String device : preview.examples()) {
            json.writeString(device);
        }
        json.writeEndArray();
        json.writeNumberField("already_running", preview.alreadyRunning());
        json.writeNumberField("newer", preview.newer());
        json.writeNumberField("too_old", preview.tooOld());
        json.writeNumberField("disabled", preview.disabled());
        json.writeArrayFieldStart("warnings");
        for (String warning : preview.warnings()) {
            json.writeString(warning);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** How a release does. */
    static void write(JsonGenerator json, Figures figures) throws IOException {
        json.writeStartObject();
        json.writeStringField("version", figures.version());
        json.writeFieldName("counts");
        write(json, figures.counts());
        number(json, "failure_rate", figures.failureRate());
        number(json, "time_to_done_s", seconds(figures.timeToDone()));
        json.writeNumberField("running", figures.running());
        number(json, "healthy_rate", figures.healthy());
        number(json, "restarts", figures.restarts());
        number(json, "rssi_dbm", figures.rssiDbm());
        number(json, "uptime_s", seconds(figures.uptime()));
        json.writeEndObject();
    }

    private static OptionalDouble seconds(Optional<Duration> time) {
        return time.isPresent() ? OptionalDouble.of(time.get().toSeconds()) : OptionalDouble.empty();
    }

    private static void number(JsonGenerator json, String name, OptionalDouble number) throws IOException {
        if (number.isPresent()) {
            json.writeNumberField(name, Math.round(number.getAsDouble() * 1000) / 1000.0);
        } else {
            json.writeNullField(name);
        }
    }

    /** What becomes of one device. */
    static void write(JsonGenerator json, DeviceUpdate update) throws IOException {
        json.writeStartObject();
        writeMembers(json, update);
        json.writeEndObject();
    }

    /** The members of it, without the object around them. */
    static void writeMembers(JsonGenerator json, DeviceUpdate update) throws IOException {
        json.writeNumberField("rollout", update.rollout());
        json.writeStringField("device", update.device());
        json.writeStringField("version", update.version());
        json.writeStringField("from", update.from());
        json.writeStringField("state", update.state().word());
        json.writeNumberField("percent", update.percent());
        json.writeStringField("reason", update.reason());
        json.writeNumberField("attempts", update.attempts());
        moment(json, "offered_at", update.offeredAt());
        moment(json, "started_at", update.startedAt());
        moment(json, "verifying_since", update.verifyingSince());
        moment(json, "ended_at", update.endedAt());
        json.writeNumberField("restarts", update.restarts());
        json.writeStringField("changed_at", Moment.text(update.changedAt()));
    }

    private static void moment(JsonGenerator json, String name, Optional<Instant> moment) throws IOException {
        if (moment.isPresent()) {
            json.writeStringField(name, Moment.text(moment.get()));
        } else {
            json.writeNullField(name);
        }
    }
}
