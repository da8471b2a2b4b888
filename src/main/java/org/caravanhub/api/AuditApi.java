package org.caravanhub.api;

import java.util.List;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Moment;
import org.caravanhub.http.Question;
import org.caravanhub.store.AuditLog;

/** {@code list-audit}: who changed what, newest first. */
public final class AuditApi {
    private final AuditLog audit;

    /** Answers from this. */
    public AuditApi(AuditLog audit) {
        this.audit = audit;
    }

    /** A page. */
    public Answer list(Question question) {
        int limit = (int) question.number("limit");
        Cursor cursor = Cursor.of(question, 1);
        long before = cursor.isPresent() ? cursor.number(0) : Long.MAX_VALUE;
        List<AuditLog.Numbered> page =
                audit.page(question.text("subject"), question.text("who"), question.moment("since"), before, limit + 1);
        return Page.answer(page, limit, numbered -> Cursor.after(numbered.id()), (json, numbered) -> {
            AuditEntry entry = numbered.entry();
            json.writeStartObject();
            json.writeStringField("id", Long.toString(numbered.id()));
            json.writeStringField("at", Moment.text(entry.at()));
            json.writeStringField("who", entry.who());
            json.writeStringField("action", entry.action());
            json.writeStringField("subject", entry.subject());
            json.writeFieldName("details");
            json.writeRawValue(entry.details());
            json.writeEndObject();
        });
    }
}
