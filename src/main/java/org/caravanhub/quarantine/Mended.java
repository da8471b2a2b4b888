package org.caravanhub.quarantine;

import java.util.List;

/**
 * What became of some messages of quarantine, that were tried or replayed in the order of their numbers.
 *
 * @param tried how many were looked at
 * @param passed how many went through their flow well; replayed, they are not in quarantine any more
 * @param failed how many failed again, and stay
 * @param unable how many could not be given to a flow, and stay
 * @param gone how many somebody else had replayed or discarded meanwhile
 * @param stored how many new rows came of it; 0 if they were only tried
 * @param duplicate how much of it was there already; 0 if they were only tried
 * @param last the largest number that was looked at; what was asked for goes on after it
 * @param reasons why some failed or could not be tried, the most frequent first
 */
public record Mended(
        long tried,
        long passed,
        long failed,
        long unable,
        long gone,
        long stored,
        long duplicate,
        long last,
        List<Reason> reasons) {

    /**
     * Why some messages did not pass.
     *
     * @param text of the first of them
     * @param count how many there are like it
     * @param example the number of the first
     */
    public record Reason(String text, long count, long example) {}
}
