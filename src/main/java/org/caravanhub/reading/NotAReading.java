package org.caravanhub.reading;

/** Thrown for a line that should be a reading and is none. Without a stack trace: it is about the line, not about the program. */
public final class NotAReading extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int column;

    NotAReading(int column, String reason) {
        super(reason, null, false, false);
        this.column = column;
    }

    /** Where in the line, in bytes from 1 on. */
    public int column() {
        return column;
    }

    /** What was found and what was expected. Foreign text in it is quoted and cut. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
