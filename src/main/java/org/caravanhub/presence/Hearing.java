package org.caravanhub.presence;

import java.time.Duration;

/** What the hub can hear. Asked often, by several threads; must answer at once. */
public interface Hearing {
    /** Whether what devices say can come, and be kept; who is silent otherwise is not to blame. */
    boolean hears();

    /** Whether something that came is not committed yet: what devices say may wait for others to share a commit. */
    boolean isBehind();

    /** How long ago a connection was made again to a broker that had kept what came meanwhile. */
    Duration sinceResumed();

    /** Whether the hub's clock is believed. */
    boolean isClockBelieved();

    /** So far apart may be what the most talkative device says, since it was asked to save power; nothing if it was not. */
    default Duration advised() {
        return Duration.ZERO;
    }

    /** Always hears, and nothing ever waited. */
    Hearing ALWAYS = new Hearing() {
        @Override
        public boolean hears() {
            return true;
        }

        @Override
        public boolean isBehind() {
            return false;
        }

        @Override
        public Duration sinceResumed() {
            return Duration.ofDays(1);
        }

        @Override
        public boolean isClockBelieved() {
            return true;
        }
    };
}
