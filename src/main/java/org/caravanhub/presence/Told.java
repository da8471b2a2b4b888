package org.caravanhub.presence;

import org.caravanhub.device.Presence;

/** What was told of a device, and when; so that it is told seldom enough. Belongs to the lock of {@link PresenceWatch}. */
final class Told {
    /** With what was told first, that is less than once a minute after a few of them. */
    private static final int PAUSE_S = 120;

    private static final int PAUSE_FLAPPING_S = 600;

    Presence state = Presence.NEW;
    Cause cause = Cause.NEVER;
    /** Monotonic. */
    private int atS = Integer.MIN_VALUE;
    /** The interval that is in the table, in seconds, and when it was written. */
    private int keptUsualS;

    private int keptAtS = Integer.MIN_VALUE;
    /** Since 1970. */
    int firstSeenMinutes;

    /** Whether the table knows it. */
    boolean isKept;

    boolean isAlarmed;
    /** It may be its own fault or that of its gateway, which is told by what is heard next. */
    boolean isInDoubt;

    /** Whether it speaks in quite another interval than the table says; not every minute. */
    boolean hasLearned(long usualMs, long nowMs) {
        long difference = Math.abs(usualMs / 1000 - keptUsualS);
        boolean isLong = keptUsualS == 0 || nowMs / 1000 - keptAtS >= PAUSE_FLAPPING_S;
        return isLong && difference > Math.max(1, keptUsualS / 4);
    }

    void kept(long usualMs, long nowMs) {
        keptUsualS = (int) (usualMs / 1000);
        keptAtS = (int) Math.max(Integer.MIN_VALUE, nowMs / 1000);
        isKept = true;
    }

    /** Whether it has been told lately, so that a change has to wait. */
    boolean mustWait(long nowMs, boolean isFlapping) {
        return atS != Integer.MIN_VALUE && nowMs / 1000 - atS < (isFlapping ? PAUSE_FLAPPING_S : PAUSE_S);
    }

    /** That it was heard for the first time is told once in its life, and nothing has to wait for it. */
    void told(Presence is, Cause why, long nowMs) {
        if (state != Presence.NEW) {
            atS = (int) (nowMs / 1000);
        }
        state = is;
        cause = why;
    }

    /** What an earlier run told. */
    void before(Presence was, Cause why) {
        state = was;
        cause = why;
        isKept = true;
        isAlarmed = was == Presence.OFFLINE && why != Cause.GATEWAY;
    }
}
