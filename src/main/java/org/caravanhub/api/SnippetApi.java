package org.caravanhub.api;

import java.util.List;
import java.util.Optional;
import org.caravanhub.access.Places;
import org.caravanhub.access.Provisioning;
import org.caravanhub.access.Snippets;
import org.caravanhub.device.Credential;
import org.caravanhub.device.Registration;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;

/** {@code list-snippets}: what is pasted into firmware to make a device speak. */
public final class SnippetApi {
    private final Provisioning provisioning;
    private final Places places;

    /** Answers from these. */
    public SnippetApi(Provisioning provisioning, Places places) {
        this.provisioning = provisioning;
        this.places = places;
    }

    /** All that a device can use, or one of them. */
    public Answer list(Question question) {
        String id = question.word("id");
        Registration registration = Refusals.told(() -> provisioning.known(id));
        String user = Refusals.told(() -> provisioning.credentials(id)).stream()
                .findFirst()
                .map(Credential::user)
                .orElse(id);
        List<String> usable = Snippets.of(registration.topics().family());
        Optional<String> asked = question.text("for");
        if (asked.isPresent() && !usable.contains(asked.get())) {
            throw Problem.of(
                    ProblemCode.NOT_FOUND,
                    "There is no snippet for " + asked.get() + " of a device of the family "
                            + registration.topics().family() + "; there are " + String.join(", ", usable) + ".");
        }
        String host = question.way().host();
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (String kind : asked.map(List::of).orElse(usable)) {
                json.writeStartObject();
                json.writeStringField("for", kind);
                json.writeStringField(
                        "text", Snippets.text(kind, registration, user, places.broker(host), places.http(host)));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeStringField("placeholder", Snippets.PASSWORD);
            json.writeNullField("next_cursor");
            json.writeEndObject();
        });
    }
}
