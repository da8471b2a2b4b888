package org.caravanhub.ecoflow;

/**
 * By which the cloud knows whose stations are asked for. The secret key signs and never leaves the hub.
 *
 * @param access is sent with each question
 * @param secret is never sent
 */
public record Keys(String access, String secret) {
    /** Tells none of them. */
    @Override
    public String toString() {
        return "Keys[***]";
    }
}
