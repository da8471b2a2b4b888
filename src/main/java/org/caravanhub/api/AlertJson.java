package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.caravanhub.alert.Alert;
import org.caravanhub.alert.ChannelState;
import org.caravanhub.alert.Mute;
import org.caravanhub.http.Json;
import org.caravanhub.http.Moment;

/** Alerts as the API writes them, and as the event {@code alert} tells them: schema {@code Alert}. */
public final class AlertJson {
    private AlertJson() {}

    /** The data of the event. */
    public static byte[] of(Alert alert, boolean isMuted) {
        return Json.of(json -> write(json, alert, isMuted));
    }

    static void write(JsonGenerator json, Alert alert, boolean isMuted) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", Long.toString(alert.id()));
        json.writeStringField("name", alert.about().name());
        json.writeStringField("device", alert.about().device());
        json.writeStringField("flow", alert.flow());
        json.writeStringField("severity", alert.severity().word());
        json.writeStringField("state", alert.state().word());
        json.writeBooleanField("muted", isMuted);
        json.writeStringField("title", alert.title());
        json.writeStringField("text", alert.text());
        json.writeNumberField("count", alert.count());
        json.writeStringField("opened_at", Moment.text(alert.opened()));
        json.writeStringField("last_at", Moment.text(alert.last()));
        json.writeStringField("told_at", alert.told().map(Moment::text).orElse(null));
        json.writeStringField("closes_at", alert.closes().map(Moment::text).orElse(null));
        json.writeStringField(
                "acknowledged_at",
                alert.seen().map(seen -> Moment.text(seen.at())).orElse(null));
        json.writeStringField(
                "acknowledged_by", alert.seen().map(Alert.Seen::by).orElse(""));
        json.writeStringField(
                "resolved_at", alert.end().map(end -> Moment.text(end.at())).orElse(null));
        json.writeStringField("resolved_why", alert.end().map(Alert.End::why).orElse(""));
        json.writeEndObject();
    }

    static void write(JsonGenerator json, Mute mute) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", mute.name());
        json.writeStringField("device", mute.device());
        json.writeStringField("until", Moment.text(mute.until()));
        json.writeStringField("muted_by", mute.by());
        json.writeEndObject();
    }

    static void write(JsonGenerator json, ChannelState channel) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", channel.name());
        json.writeStringField("least", channel.least().word());
        json.writeNumberField("waiting", channel.waiting());
        json.writeNumberField("sent", channel.sent());
        json.writeStringField("trouble", channel.trouble().orElse(""));
        json.writeEndObject();
    }
}
