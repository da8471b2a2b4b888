package org.caravanhub.cli;

/** Where backups are. */
enum BackupPlace {
    /** The hub's own folder. */
    FIRST,
    /** Another disk, or another machine. */
    SECOND
}
