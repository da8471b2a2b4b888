package org.caravanhub.forward;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** {@code jdbc:own}: a database for tables of the owner's flows, apart from what the hub keeps. The file is made by the first connection; no other is reached. */
public final class OwnDatabase {
    private static final int BUSY_MILLIS = 5000;

    private OwnDatabase() {}

    /** Connections to this SQLite file; each is opened when it is asked for. */
    public static DataSource in(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setPragma(SQLiteConfig.Pragma.LIMIT_ATTACHED, "0");
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return OneFile.of(source);
    }
}
