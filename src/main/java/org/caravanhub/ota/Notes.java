package org.caravanhub.ota;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the audit says of a change: a JSON object. */
final class Notes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Notes() {}

    /** Of names and values in turn; a value is a text or a number. */
    static String of(Object... namesAndValues) {
        ObjectNode note = JSON.createObjectNode();
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            String name = namesAndValues[i].toString();
            if (namesAndValues[i + 1] instanceof Integer number) {
                note.put(name, number);
            } else {
                note.put(name, namesAndValues[i + 1].toString());
            }
        }
        return note.toString();
    }

    /** All of a draft. */
    static String of(RolloutDraft draft) {
        return of(
                "name",
                draft.name(),
                "model",
                draft.model(),
                "version",
                draft.version(),
                "audience",
                cut(PlanJson.of(draft.audience())),
                "plan",
                PlanJson.of(draft.plan()));
    }

    private static String cut(String text) {
        return text.length() > 500 ? text.substring(0, 500) + "…" : text;
    }
}
