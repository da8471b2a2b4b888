package org.caravanhub.job;

import java.util.Map;

/** What a job does. */
@FunctionalInterface
public interface Work {
    /**
     * Does it. Whoever does it is interrupted when the hub stops.
     *
     * @param course is told how far it is
     * @return what came of it, as members of a JSON object
     * @throws JobFailed if nothing came of it; whatever else is thrown is a fault of the hub
     */
    Map<String, Object> run(Course course) throws Exception;

    /** Is told how far it is. */
    @FunctionalInterface
    interface Course {
        /**
         * It goes on; cheap to call for each block.
         *
         * @param stage what it does now, for a person
         * @param done bytes of this stage so far
         * @param total 0 if nobody knows
         */
        void at(String stage, long done, long total);
    }
}
