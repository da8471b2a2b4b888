package org.caravanhub.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** Where each backup is copied to, so that it outlives the hub's own disk. */
public sealed interface SecondPlace permits FolderPlace, SftpPlace {
    /** How it is spoken of. */
    String where();

    /**
     * The backups there, the newest first.
     *
     * @throws PlaceAway if it is not there now
     */
    List<BackupFile> all() throws IOException;

    /**
     * Brings one there, whole or not at all, and reads there what was written.
     *
     * @return where it is now
     * @throws PlaceAway if the place is not there, or is taken away meanwhile
     */
    String copy(BackupFile backup, BackupListener listener) throws IOException;

    /**
     * A backup there, as a file that can be read here.
     *
     * @param backup one of {@link #all()}
     * @param room a folder for a file that has to be fetched first
     */
    Path fetch(BackupFile backup, Path room) throws IOException;

    /** Deletes what may go, and answers what went. The newest stays. */
    List<BackupFile> prune(Retention retention, Instant now, ZoneId zone) throws IOException;
}
