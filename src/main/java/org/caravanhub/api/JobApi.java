package org.caravanhub.api;

import org.caravanhub.http.Answer;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.job.Job;
import org.caravanhub.job.JobRunning;
import org.caravanhub.job.Jobs;
import org.caravanhub.job.Work;

/** {@code list-jobs} and {@code show-job}; and how an operation begins one. */
public final class JobApi {
    private final Jobs jobs;

    /** Answers from these. */
    public JobApi(Jobs jobs) {
        this.jobs = jobs;
    }

    /** The last ones, the newest first. */
    public Answer list(Question question) {
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (Job job : jobs.all()) {
                JobJson.write(json, job);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** One of them. */
    public Answer show(Question question) {
        String id = question.word("job");
        Job job = jobs.find(id).orElseThrow(() -> Problem.notFound("job", id));
        return Answer.json(json -> JobJson.write(json, job));
    }

    /** 202 with the job that was begun, and where it is asked for. */
    static Answer begun(Jobs jobs, String kind, String subject, Work work) {
        return accepted(begin(jobs, kind, subject, work));
    }

    static Answer accepted(Job job) {
        return Answer.json(202, json -> JobJson.write(json, job)).with("Location", "/api/v1/jobs/" + job.id());
    }

    /** @throws Problem if another one runs */
    static Job begin(Jobs jobs, String kind, String subject, Work work) {
        try {
            return jobs.begin(kind, subject, work);
        } catch (JobRunning e) {
            throw inTheWay(e.job());
        }
    }

    static Problem inTheWay(Job job) {
        return new Problem(
                ProblemCode.NOT_NOW,
                "The job " + job.id() + " runs (" + job.kind() + "), and only one does at a time. Wait for it: "
                        + "`GET /api/v1/jobs/" + job.id() + "`.",
                java.util.Map.of("Location", "/api/v1/jobs/" + job.id()),
                json -> json.writeStringField("job", job.id()));
    }
}
