package org.caravanhub.flow.watch;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What one step did with one message.
 *
 * @param message which of the traced messages, from 1
 * @param step its id
 * @param line in its file, from 1; 0 if that is unknown
 * @param at when it began
 * @param nanos how long it took
 * @param bodyBefore as text, cut to 4,096 characters, secrets masked
 * @param bodyAfter the same; empty if it is as before
 * @param headers those that were set or changed, by name; a removed one has an empty text
 * @param error why it failed; empty if it did not
 */
public record TracedStep(
        int message,
        String step,
        int line,
        Instant at,
        long nanos,
        String bodyBefore,
        Optional<String> bodyAfter,
        Map<String, String> headers,
        Optional<String> error) {}
