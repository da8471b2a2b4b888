package org.caravanhub.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * How it is between the hub and a database elsewhere.
 *
 * @param waiting messages in the spool that the database has not got yet
 * @param away why the database takes nothing at the moment; empty while it does
 * @param since when that began, or when the hub started
 * @param file the spool
 * @param fileBytes its size on disk
 * @param intake how the writer of the spool is
 */
public record SpoolState(
        long waiting, Optional<String> away, Instant since, Path file, long fileBytes, StoreState intake) {}
