package org.caravanhub.upload;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.OptionalLong;
import org.caravanhub.http.DirectHandler;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.ota.library.Catalogue;
import org.caravanhub.text.Quoted;

/**
 * An upload as a form: {@code POST /api/v1/firmware}, and paku's. The name that the client has for the file is used for nothing.
 */
public final class FormUpload implements DirectHandler {
    private static final int LARGEST_SIGNATURE = 8 * 1024;
    /** Heads of parts and fields beside the file. */
    private static final long AROUND = 256 * 1024;

    private final Desk desk;
    private final UploadAnswer answer;
    private final Map<String, String> names;
    private final boolean hasFields;

    /**
     * Taken at this desk, answered so.
     *
     * @param names of the parameters that are not called as ours
     * @param hasFields whether the form's fields say something, too; otherwise they are passed over
     */
    public FormUpload(Desk desk, UploadAnswer answer, Map<String, String> names, boolean hasFields) {
        this.desk = desk;
        this.answer = answer;
        this.names = names;
        this.hasFields = hasFields;
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
            new Form(context, question, upload).read();
        } catch (Problem wrong) {
            upload.fail(wrong);
        }
    }

    /** One form while it comes. Fields may come after the file. */
    private final class Form {
        private final HttpServerRequest request;
        private final RoutingContext context;
        private final Question question;
        private final Upload upload;
        private final Said said;
        private boolean hasFile;
        private boolean isWritten;
        private boolean isRead;

        Form(RoutingContext context, Question question, Upload upload) {
            this.context = context;
            this.request = context.request();
            this.question = question;
            this.upload = upload;
            this.said = new Said(question, names);
            // Who names it in the query need not send sixteen megabytes to learn that the name cannot be.
            if (question.has(names.getOrDefault(Said.MODEL, Said.MODEL))) {
                said.claim();
            }
        }

        void read() {
            OptionalLong length = RawUpload.length(context);
            if (length.orElse(0) > desk.library().room().most() + AROUND) {
                upload.fail(desk.library().room().tooLarge());
                return;
            }
            if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
                context.response().writeContinue();
            }
            request.setExpectMultipart(true);
            request.uploadHandler(this::part);
            request.endHandler(end -> {
                isRead = true;
                goOn();
            });
            request.resume();
        }

        private void part(HttpServerFileUpload part) {
            part.exceptionHandler(upload::fail);
            if (upload.isOver()) {
                part.handler(bytes -> {});
            } else if (part.name().equals("file") && !hasFile) {
                hasFile = true;
                part.pause();
                upload.begin(
                        OptionalLong.empty(),
                        () -> upload.write(part, () -> {
                            isWritten = true;
                            goOn();
                        }));
            } else if (part.name().equals(Said.SIGNATURE) && hasFields) {
                signature(part);
            } else {
                part.handler(bytes -> {});
                upload.fail(Failures.form(
                        part.name().equals("file")
                                ? "it has two parts `file`"
                                : "nothing is known of a file called " + Quoted.of(part.name())));
            }
        }

        private void signature(HttpServerFileUpload part) {
            Buffer bytes = Buffer.buffer();
            part.handler(more -> {
                if (bytes.length() <= LARGEST_SIGNATURE) {
                    bytes.appendBuffer(more);
                } else {
                    upload.fail(Problem.of(
                            ProblemCode.TOO_LARGE, "A signature has a few hundred bytes; this one has thousands."));
                }
            });
            part.endHandler(end -> said.signature(bytes.getBytes()));
        }

        /** When the form was read to its end and the file is written, whichever is later. */
        private void goOn() {
            if (upload.isOver() || !isRead || hasFile && !isWritten) {
                return;
            }
            try {
                if (!hasFile) {
                    throw Failures.form(
                            request.formAttributes().contains("file")
                                    ? "`file` is a text and not a file"
                                    : "there is no part `file`");
                }
                if (hasFields) {
                    request.formAttributes().forEach(field -> said.field(field.getKey(), field.getValue()));
                }
                upload.publish(
                        said.claim(),
                        new Catalogue.By(question.principal().name(), question.operation()),
                        made -> upload.answer(answer.status(made), json -> answer.write(json, made)));
            } catch (Problem wrong) {
                upload.fail(wrong);
            }
        }
    }
}
