package org.caravanhub.schedule;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Trigger;
import org.quartz.listeners.TriggerListenerSupport;

/** Leaves out the run of a schedule whose last run is not over: what hangs must not take a thread each time it is due. */
final class OneRun extends TriggerListenerSupport {
    private final Set<JobKey> running = ConcurrentHashMap.newKeySet();

    @Override
    public String getName() {
        return "one-run";
    }

    @Override
    public boolean vetoJobExecution(Trigger trigger, JobExecutionContext context) {
        return !running.add(context.getJobDetail().getKey());
    }

    /** A run is over, however it ended. */
    void over(JobKey job) {
        running.remove(job);
    }
}
