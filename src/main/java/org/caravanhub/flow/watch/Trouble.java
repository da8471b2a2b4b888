package org.caravanhub.flow.watch;

import java.time.Instant;

/**
 * That a step failed or hangs.
 *
 * @param step its id
 * @param line in its file, from 1; 0 if that is unknown
 * @param at when it failed, or since when it hangs
 * @param hangs whether it hangs; otherwise it failed
 * @param text why, for a person: the error, or what it waits in and on which thread. Foreign text, cut to 300 characters
 */
public record Trouble(String step, int line, Instant at, boolean hangs, String text) {}
