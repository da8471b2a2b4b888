package org.caravanhub.command;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Where commands are kept. Each change is one transaction. Everything here throws {@link RuntimeException} if the database does not answer, and
 * then nothing was changed. Safe for use by many threads.
 */
public interface CommandBook {
    /** Devices that something can still become of a command of. */
    Set<String> devices();

    /** A device's commands that something can still become of, in the order in which they were asked for. */
    List<Command> open(String device);

    /**
     * Changes a command.
     *
     * @param decision what becomes of it, as it is in the table now; empty changes nothing
     * @return it as it is now, if it was changed
     */
    Optional<Command> change(String id, Function<Command, Optional<Command.Progress>> decision);

    /**
     * Notes that a command is about to be sent. One that is numbered and has no number yet is given the next of its gateway.
     *
     * @param now where numbers begin, so that none comes twice after an old backup was restored; empty if the clock is not believed
     * @return it as it is now; empty if it is not to be sent any more
     */
    Optional<Command> attempt(String id, Instant at, Optional<Instant> now);
}
