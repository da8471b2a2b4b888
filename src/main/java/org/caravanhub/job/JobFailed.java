package org.caravanhub.job;

/** A job came to nothing, for a reason that can be told. */
public final class JobFailed extends Exception {
    private static final long serialVersionUID = 1;

    private final String code;

    /**
     * With its reason.
     *
     * @param code a word of the API's errors
     * @param detail what happened, why, and what to do now
     */
    public JobFailed(String code, String detail) {
        super(detail);
        this.code = code;
    }

    Job.Failure failure() {
        return new Job.Failure(code, String.valueOf(getMessage()));
    }
}
