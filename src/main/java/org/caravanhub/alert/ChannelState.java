package org.caravanhub.alert;

import java.util.Optional;
import org.caravanhub.notice.Priority;

/**
 * How it goes with a channel.
 *
 * @param name its name
 * @param least the least severity that is told by it
 * @param waiting how many dispatches it has not got yet
 * @param sent how many it got since the start
 * @param trouble why it got the last one not; empty if it did
 * @param isWrong whether that needs a change of its settings
 */
public record ChannelState(
        String name, Priority least, int waiting, long sent, Optional<String> trouble, boolean isWrong) {}
