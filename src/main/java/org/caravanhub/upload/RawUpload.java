package org.caravanhub.upload;

import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.OptionalLong;
import org.caravanhub.http.DirectHandler;
import org.caravanhub.http.Problem;
import org.caravanhub.http.Question;
import org.caravanhub.ota.library.Catalogue;
import org.caravanhub.ota.library.Library;

/** {@code PUT /api/v1/firmware/{model}/{version}}: the body is the file. */
public final class RawUpload implements DirectHandler {
    private final Desk desk;
    private final UploadAnswer answer;

    /** Taken at this desk, answered so. */
    public RawUpload(Desk desk, UploadAnswer answer) {
        this.desk = desk;
        this.answer = answer;
    }

    @Override
    public void handle(RoutingContext context, Question question) {
        Upload upload;
        try {
            upload = desk.admit(context);
        } catch (Problem busy) {
            context.fail(busy);
            return;
        }
        try {
            Library.Claim claim = new Said(question, Map.of()).claim();
            Catalogue.By by = new Catalogue.By(question.principal().name(), question.operation());
            upload.begin(
                    length(context),
                    () -> upload.write(
                            context.request(),
                            () -> upload.publish(
                                    claim,
                                    by,
                                    made -> upload.answer(answer.status(made), json -> answer.write(json, made)))));
        } catch (Problem wrong) {
            upload.fail(wrong);
        }
    }

    /** What the request says of its length; Netty has refused what is no number. */
    static OptionalLong length(RoutingContext context) {
        String length = context.request().getHeader("Content-Length");
        return length == null || !length.matches("\\d{1,18}")
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(length));
    }
}
