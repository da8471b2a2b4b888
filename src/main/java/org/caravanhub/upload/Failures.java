package org.caravanhub.upload;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.caravanhub.http.Fault;
import org.caravanhub.http.HttpEdge;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.ota.ReleaseName;
import org.caravanhub.ota.library.UploadRefused;
import org.caravanhub.text.Quoted;

/** What is answered to an upload that was not taken. */
final class Failures {
    private Failures() {}

    /** What can be said of it; what cannot stays as it is. */
    static Throwable of(Throwable why) {
        if (why instanceof UploadRefused refused) {
            return Problem.of(code(refused.why()), refused.sentence());
        }
        if (why instanceof HttpPostRequestDecoder.TooManyFormFieldsException) {
            return form("it has too many parts");
        }
        if (why instanceof HttpPostRequestDecoder.TooLongFormFieldException) {
            return form("the head of a part is too long");
        }
        String message = String.valueOf(why.getMessage());
        if (message.contains("maximum capacity")) {
            return Problem.of(
                    ProblemCode.TOO_LARGE,
                    "A field of the form is longer than " + HttpEdge.LARGEST_FIELD / 1024
                            + " KB. Send the image as a file: curl -F file=@firmware.bin");
        }
        if (why instanceof DecoderException) {
            return form("its parts are not as multipart/form-data has them");
        }
        if (why instanceof IOException && message.contains("No space left")) {
            return Problem.of(
                    ProblemCode.NO_ROOM,
                    "The disk is full. Make room on the disk of the data folder, and upload it again.");
        }
        return why;
    }

    private static ProblemCode code(UploadRefused.Why why) {
        return switch (why) {
            case TOO_LARGE -> ProblemCode.TOO_LARGE;
            case NO_ROOM -> ProblemCode.NO_ROOM;
            case TAKEN -> ProblemCode.CONFLICT;
            case NOT_ACCEPTED, NO_VERSION -> ProblemCode.REFUSED_FIRMWARE;
        };
    }

    static Problem stalled(long bytes, Duration patience) {
        return Problem.of(
                ProblemCode.BAD_REQUEST,
                "The upload stood still after " + bytes + " bytes: next to nothing came in " + patience.toSeconds()
                        + " s, and the end of the body did not. Nothing was kept; upload it again.");
    }

    static Problem form(String why) {
        return Problem.of(
                ProblemCode.BAD_REQUEST,
                "The form is not understood: " + why
                        + ". It has one part `file`, and perhaps `signature`: curl -F file=@firmware.bin");
    }

    static Problem parameter(String name, String code, String message, String hint) {
        return Problem.parameters(List.of(new Fault(name, code, message, hint)));
    }

    /** The name of a model or a version, or the rule that it breaks. */
    static String name(String parameter, String value) {
        if (!ReleaseName.isValid(value)) {
            throw parameter(
                    parameter, "not_allowed", parameter + " cannot be " + Quoted.of(value) + ".", ReleaseName.RULE);
        }
        return value;
    }
}
