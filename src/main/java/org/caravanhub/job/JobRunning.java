package org.caravanhub.job;

/** Another job has to end first. */
public final class JobRunning extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Job job;

    JobRunning(Job job) {
        super("the job " + job.id() + " runs", null, false, false);
        this.job = job;
    }

    /** The one that runs. */
    public Job job() {
        return job;
    }
}
