package org.caravanhub.audit;

/** Where is noted who changed what, for changes that are not made in the database. Safe for use by many threads. */
public interface Trail {
    /** Notes nothing. */
    Trail NONE = new Trail() {
        @Override
        public void note(String who, String action, String subject, String details) {}

        @Override
        public void sum(String who, String action, String subject, String what, long count) {}
    };

    /**
     * Notes a change after it was made. If that is not possible now, it is told in the log and the change stands.
     *
     * @param action the operation of the API
     * @param details a JSON object without secrets
     */
    void note(String who, String action, String subject, String details);

    /** Notes one part of a work that is done in many: the entry of its first part says how much it came to. */
    void sum(String who, String action, String subject, String what, long count);
}
