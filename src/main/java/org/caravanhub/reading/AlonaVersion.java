package org.caravanhub.reading;

import org.caravanhub.reading.Malformed.Cause;

/** The member {@code v} of Alona's messages: the major version of the protocol, 1 or the one before, 0. */
final class AlonaVersion {
    private AlonaVersion() {}

    /** Reads the value that comes next, which must be a version that the hub knows. */
    static void check(JsonReader json) {
        byte next = json.peek();
        int position = json.position();
        json.skipValue();
        if (next != '0' && next != '1' || json.tokenTo() - json.tokenFrom() != 1) {
            boolean isNumber = next == '-' || (next >= '0' && next <= '9');
            throw json.unexpected(
                    isNumber ? Cause.UNKNOWN_VERSION : Cause.WRONG_TYPE,
                    position,
                    "v, the protocol's version, to be 1 or 0");
        }
    }

    static Flaw missing(String expected) {
        return new Flaw(Cause.MISSING_FIELD, "v, the protocol's version, is missing; expected " + expected);
    }
}
