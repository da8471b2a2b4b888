package org.caravanhub.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.caravanhub.command.Wording;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Problem;
import org.caravanhub.text.Quoted;

/** The body of a request that is a JSON object. */
final class ObjectBody {
    private ObjectBody() {}

    /**
     * Reads it, strictly.
     *
     * @param example what would be right
     * @throws Problem if it is none
     */
    static JsonNode object(byte[] body, String example) {
        try {
            JsonNode node = Wording.read(body);
            if (node.isObject()) {
                return node;
            }
            throw wrong("it is no JSON object", example);
        } catch (IOException e) {
            throw wrong(
                    Quoted.atLength(
                            String.valueOf(e.getMessage()).lines().findFirst().orElse("it is no JSON")),
                    example);
        }
    }

    private static Problem wrong(String why, String example) {
        return Problem.parameters(
                List.of(new Fault("body", "wrong_type", "The body is not understood: " + why + ".", example)));
    }
}
