package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.caravanhub.access.BrokerAddress;
import org.caravanhub.access.FamilyRules;
import org.caravanhub.access.Places;
import org.caravanhub.access.Provisioning.Issued;
import org.caravanhub.broker.TopicRules;
import org.caravanhub.device.Registration;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Moment;
import org.caravanhub.http.Question;
import org.caravanhub.message.TopicFilter;

/** Schema {@code IssuedCredential}: a device with its new password, which is shown this once. */
final class IssuedJson {
    private IssuedJson() {}

    static Answer answer(int status, Issued issued, Places places, Question question) {
        String host = question.way().host();
        String location = "/api/v1/devices/" + issued.registration().device();
        return Answer.json(status, json -> {
                    json.writeStartObject();
                    json.writeStringField("id", issued.registration().device());
                    json.writeStringField("user", issued.user());
                    json.writeStringField("password", issued.password());
                    write(json, places.broker(host));
                    json.writeStringField("http", places.http(host));
                    write(
                            json,
                            FamilyRules.of(
                                    issued.registration().device(),
                                    issued.registration().topics()));
                    json.writeStringField("snippets", location + "/snippets");
                    write(json, issued.registration());
                    json.writeEndObject();
                })
                .with("Location", location)
                .with("Cache-Control", "no-store");
    }

    private static void write(JsonGenerator json, BrokerAddress broker) throws IOException {
        json.writeObjectFieldStart("broker");
        json.writeStringField("host", broker.host());
        json.writeNumberField("port", broker.port());
        json.writeBooleanField("tls", broker.isTls());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, TopicRules rules) throws IOException {
        json.writeObjectFieldStart("topics");
        write(json, "publish", rules.publish());
        write(json, "subscribe", rules.subscribe());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, Iterable<TopicFilter> filters) throws IOException {
        json.writeArrayFieldStart(name);
        for (TopicFilter filter : filters) {
            json.writeString(filter.toString());
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Registration registration) throws IOException {
        json.writeStringField("family", registration.topics().family());
        json.writeStringField("site", registration.topics().site());
        json.writeStringField("system", registration.topics().system());
        json.writeStringField("model", registration.model());
        json.writeStringField("name", registration.name());
        json.writeStringField("group", registration.group());
        json.writeArrayFieldStart("tags");
        for (String tag : registration.tags()) {
            json.writeString(tag);
        }
        json.writeEndArray();
        json.writeStringField("location", registration.location());
        json.writeStringField("notes", registration.notes());
        json.writeStringField("created_at", Moment.text(registration.createdAt()));
    }
}
