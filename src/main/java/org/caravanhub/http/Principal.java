package org.caravanhub.http;

/**
 * Who asks.
 *
 * @param kind what may be asked
 * @param name the device's id; {@code admin}, {@code api-key}, or empty for nobody
 */
public record Principal(Kind kind, String name) {
    /** What somebody may do. */
    public enum Kind {
        /** Nothing but to ask whether the hub is up. */
        NOBODY,
        /** To say what it measured itself. */
        DEVICE,
        /** To publish firmware and to say what became of it. */
        PUBLISHER,
        /** Everything. */
        ADMIN
    }

    /** The name by which the admin token signs in with Basic. */
    public static final String ADMIN_NAME = "admin";

    static final Principal NOBODY = new Principal(Kind.NOBODY, "");
    static final Principal ADMIN = new Principal(Kind.ADMIN, ADMIN_NAME);
    static final Principal PUBLISHER = new Principal(Kind.PUBLISHER, "api-key");

    static Principal device(String id) {
        return new Principal(Kind.DEVICE, id);
    }
}
