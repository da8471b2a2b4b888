package org.caravanhub.health;

import org.caravanhub.text.Hidden;

/**
 * The answer of one check, in words for the person who has to act.
 *
 * @param state how it is
 * @param what what was found, with its numbers
 * @param why why it matters; empty if all is well
 * @param fix what to do now, a command where there is one; empty if all is well
 */
public record Health(State state, String what, String why, String fix) {

    /** What is secret is left out. */
    public Health {
        what = Hidden.in(what);
        why = Hidden.in(why);
        fix = Hidden.in(fix);
    }

    /** How it is; the order is from good to bad. The words are part of the API. */
    public enum State {
        OK,
        UNKNOWN,
        WARNING,
        PROBLEM;

        /** The word that API and pages use: {@code warning}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** All is well. */
    public static Health ok(String what) {
        return new Health(State.OK, what, "", "");
    }

    /** Cannot be told now. */
    public static Health unknown(String what, String why) {
        return new Health(State.UNKNOWN, what, why, "");
    }

    /** The hub works, but somebody should look soon. */
    public static Health warning(String what, String why, String fix) {
        return new Health(State.WARNING, what, why, fix);
    }

    /** The hub does not do its work; {@code GET /health} answers 503. */
    public static Health problem(String what, String why, String fix) {
        return new Health(State.PROBLEM, what, why, fix);
    }
}
