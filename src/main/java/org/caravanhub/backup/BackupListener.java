package org.caravanhub.backup;

/** Is told how far it is. */
@FunctionalInterface
public interface BackupListener {
    /** Nobody. */
    BackupListener NONE = (stage, done, all) -> {};

    /** What is being done. */
    enum Stage {
        COPY_DATABASE("copies the database"),
        WRITE("writes"),
        CHECK("opens and checks");

        private final String words;

        Stage(String words) {
            this.words = words;
        }

        /** For a person, after "it". */
        public String words() {
            return words;
        }
    }

    /**
     * It goes on.
     *
     * @param done bytes so far
     * @param all bytes of this stage; 0 if that is not known
     */
    void at(Stage stage, long done, long all);
}
