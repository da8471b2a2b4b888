package org.caravanhub.store;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Which SQL a database speaks, and what its errors mean. */
enum Dialect {
    SQLITE(".sql", "begin immediate") {
        @Override
        Failure failure(SQLException e) {
            if (!(e instanceof SQLiteException sqlite)) {
                return Failure.AWAY;
            }
            SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xff);
            return switch (code) {
                case SQLITE_BUSY -> Failure.BUSY;
                case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG, SQLITE_RANGE -> Failure.ONE_ROW;
                case SQLITE_CORRUPT, SQLITE_NOTADB -> Failure.DAMAGED;
                case SQLITE_FULL -> Failure.FULL;
                default -> Failure.AWAY;
            };
        }
    },
    POSTGRES(".postgres.sql", "begin") {
        @Override
        Failure failure(SQLException e) {
            String state = e.getSQLState() == null ? "" : e.getSQLState();
            // 54: larger than it takes, as a place of 3 KB in an index.
            if (state.startsWith("22") || state.startsWith("23") || state.equals("54000")) {
                return Failure.ONE_ROW;
            }
            if (state.startsWith("40")) {
                return Failure.BUSY;
            }
            return state.equals("53100") ? Failure.FULL : Failure.AWAY;
        }
    };

    private final String ending;
    private final String begin;

    Dialect(String ending, String begin) {
        this.ending = ending;
        this.begin = begin;
    }

    /** How files with its variant of a statement end. */
    String ending() {
        return ending;
    }

    /** Begins a transaction that is going to write. */
    String begin() {
        return begin;
    }

    /** What an error says about what to do next. */
    abstract Failure failure(SQLException e);

    /** What is to be done when a transaction failed. */
    enum Failure {
        /** The database is well and only dislikes something that it was given. */
        ONE_ROW,
        /** Somebody else has it; the same again will do. */
        BUSY,
        /** There is no room left. */
        FULL,
        /** What is in the file makes no sense. */
        DAMAGED,
        /** Not there, or nothing that its connection remembers can be trusted. */
        AWAY
    }
}
