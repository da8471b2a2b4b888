package org.caravanhub.rehearsal;

/** Why something failed, in one line: the innermost cause, since what is around it says only that there is one. */
final class Reason {
    private static final int DEEPEST = 20;

    private Reason() {}

    static String of(Throwable thrown) {
        Throwable reason = thrown;
        for (int depth = 0; depth < DEEPEST && reason.getCause() != null; depth++) {
            reason = reason.getCause();
        }
        String message = reason.getMessage();
        return message == null || message.isEmpty()
                ? reason.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
