package org.caravanhub.schedule;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.component.quartz.QuartzComponent;
import org.caravanhub.store.DatabaseAway;
import org.caravanhub.store.ScheduleBook;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleTrigger;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.listeners.JobListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schedules of all flows that begin with {@code quartz:} or {@code every:}. One with {@code recoverableJob=true}, or {@code missed=run-once}, that was missed while the hub was off
 * runs once soon after the start; others wait for their next time. When the clock is set, each next time is reckoned anew: otherwise a
 * clock that is set back silences them until it catches up.
 */
public final class Schedules extends JobListenerSupport {
    private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);

    private final QuartzComponent quartz = new QuartzComponent();
    private final EveryComponent every;
    private final OneRun oneRun = new OneRun();
    private final ScheduleBook book;
    private final long soonMs;
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final Map<String, String> putOff = new ConcurrentHashMap<>();
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    /**
     * Schedules that remember their runs here.
     *
     * @param soonMs how long after the start those run that were missed
     */
    public Schedules(ScheduleBook book, long soonMs) {
        this(book, soonMs, Clock.systemUTC());
    }

    Schedules(ScheduleBook book, long soonMs, Clock clock) {
        this.book = book;
        this.soonMs = soonMs;
        this.every = new EveryComponent(new RunMemory(book, this), clock, Duration.ofMillis(soonMs));
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", "caravan");
        properties.setProperty("org.quartz.threadPool.class", ScheduleThreads.class.getName());
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
        quartz.setProperties(properties);
        // Camel would start it when the context is started, which is before there are flows, and then no more.
        quartz.setAutoStartScheduler(false);
    }

    /** What {@code quartz:} is in flows. */
    public QuartzComponent component() {
        return quartz;
    }

    /** What {@code every:} is in flows. */
    public EveryComponent every() {
        return every;
    }

    /** Starts them and begins to remember, once the flows are loaded. */
    public void begin() {
        try {
            Scheduler scheduler = quartz.getScheduler();
            scheduler.getListenerManager().addJobListener(this);
            scheduler.getListenerManager().addTriggerListener(oneRun);
            reckonAnew(scheduler);
            scheduler.start();
        } catch (SchedulerException e) {
            LOG.error("schedules=not-started reason=\"{}\" \"restart the hub\"", e.getMessage());
        }
    }

    /** Has those run that were missed while the hub was off; needs the database. */
    public void catchUp() {
        try {
            catchUp(quartz.getScheduler());
        } catch (SchedulerException | SQLException | DatabaseAway e) {
            LOG.warn("schedules=not-remembered reason=\"{}\" \"what was missed is not run\"", e.getMessage());
        }
    }

    /**
     * The clock was set: reckons each next time from now on.
     *
     * @param isCorrection it was wrong before, so that only now can be told what was missed
     */
    public void clockWasSet(boolean isCorrection) {
        try {
            Scheduler scheduler = quartz.getScheduler();
            reckonAnew(scheduler);
        } catch (SchedulerException e) {
            LOG.error("schedules=not-reckoned-anew reason=\"{}\" \"restart the hub\"", e.getMessage());
        }
        if (isCorrection) {
            every.lookBack();
            catchUp();
        }
    }

    /** Has a flow run at once, beside its schedule. */
    public void runNow(String job) throws SchedulerException {
        String[] groupAndName = job.split("/", 2);
        quartz.getScheduler().triggerJob(new JobKey(groupAndName[1], groupAndName[0]));
    }

    /** Has a flow that begins with {@code every:} and a period run already then, if its time would come later. */
    public void hurry(String flow, Duration in) {
        every.hurry(flow, in);
    }

    /** Called by the policy of a flow that failed, before it is over; the name of its schedule is the flow's. */
    public void failed(String flow, String why) {
        failures.put(flow, "failed: " + why);
        LOG.warn("flow={} outcome=failed reason=\"{}\" \"it runs again at its next time\"", flow, why);
    }

    /**
     * Called by a flow that leaves this run out and has to be run later: it does not count as its run, so that it is caught up after a
     * restart as if the hub had been off.
     */
    public void putOff(String flow, String why) {
        putOff.put(flow, "waits: " + why);
    }

    /** Why a flow failed, if it did since this was asked last. */
    Optional<String> takeFailure(String flow) {
        return Optional.ofNullable(failures.remove(flow));
    }

    @Override
    public String getName() {
        return "schedules";
    }

    /** Only of those that would be missed: a commit for each run of each flow would wear the card out. */
    @Override
    public void jobWasExecuted(JobExecutionContext run, JobExecutionException failure) {
        JobDetail detail = run.getJobDetail();
        oneRun.over(detail.getKey());
        String job = name(detail.getKey());
        String failed = failures.remove(detail.getKey().getName());
        String waits = putOff.remove(detail.getKey().getName());
        if (waits != null) {
            noteWaiting(job, waits);
            return;
        }
        waiting.remove(job);
        if (!detail.requestsRecovery()) {
            return;
        }
        String outcome = failed != null ? failed : "done";
        try {
            book.note(List.of(new ScheduleBook.Line(
                    job, run.getScheduledFireTime().getTime(), run.getFireTime().getTime(), outcome)));
        } catch (SQLException e) {
            // A flow that failed because the database is away has said so already.
            if (failed == null) {
                LOG.warn("flow={} run=not-remembered reason=\"{}\"", job, e.getMessage());
            }
        }
    }

    /** Once, however often it is put off: each note is a commit. */
    private void noteWaiting(String job, String why) {
        if (!waiting.add(job)) {
            return;
        }
        LOG.info("flow={} schedule=put-off reason=\"{}\"", job, why);
        try {
            book.noteWaiting(job, why);
        } catch (SQLException e) {
            LOG.debug("it is in the log", e);
        }
    }

    private void catchUp(Scheduler scheduler) throws SchedulerException, SQLException {
        Map<String, ScheduleBook.Line> lines = book.lines();
        List<ScheduleBook.Line> unknown = new ArrayList<>();
        Date now = new Date();
        for (JobKey key : scheduler.getJobKeys(GroupMatcher.anyJobGroup())) {
            String job = name(key);
            JobDetail detail = scheduler.getJobDetail(key);
            if (detail == null || !detail.requestsRecovery()) {
                continue;
            }
            ScheduleBook.Line line = lines.get(job);
            if (line == null) {
                unknown.add(new ScheduleBook.Line(job, now.getTime(), now.getTime(), "known"));
            } else if (wasMissed(scheduler.getTriggersOfJob(key), new Date(line.plannedAt()), now)) {
                LOG.info(
                        "flow={} schedule=missed last={} \"it runs now\"", job, new Date(line.plannedAt()).toInstant());
                scheduler.scheduleJob(TriggerBuilder.newTrigger()
                        .forJob(key)
                        .startAt(new Date(now.getTime() + soonMs))
                        .build());
            }
        }
        book.note(unknown);
    }

    private static boolean wasMissed(List<? extends Trigger> triggers, Date last, Date now) {
        for (Trigger trigger : triggers) {
            // As it would have gone on from its last run; its own start is that of this process.
            Date next = trigger.getTriggerBuilder().startAt(last).build().getFireTimeAfter(last);
            if (next != null && next.before(now)) {
                return true;
            }
        }
        return false;
    }

    private static void reckonAnew(Scheduler scheduler) throws SchedulerException {
        for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup())) {
            Trigger trigger = scheduler.getTrigger(key);
            if (trigger != null) {
                scheduler.rescheduleJob(key, fromNow(trigger));
            }
        }
    }

    /** Of what a clock jumped over, Camel would run one at once, beside the one that was due: it is left out. */
    private static Trigger fromNow(Trigger trigger) {
        if (trigger instanceof CronTrigger cron) {
            return cron.getTriggerBuilder()
                    .withSchedule(CronScheduleBuilder.cronSchedule(cron.getCronExpression())
                            .inTimeZone(cron.getTimeZone())
                            .withMisfireHandlingInstructionDoNothing())
                    .startAt(new Date())
                    .build();
        }
        long wait = trigger instanceof SimpleTrigger simple ? simple.getRepeatInterval() : 0;
        return trigger.getTriggerBuilder()
                .startAt(new Date(System.currentTimeMillis() + wait))
                .build();
    }

    private static String name(JobKey key) {
        return key.getGroup() + "/" + key.getName();
    }
}
