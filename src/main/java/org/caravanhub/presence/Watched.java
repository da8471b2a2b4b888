package org.caravanhub.presence;

import java.util.Locale;
import java.util.Set;
import org.caravanhub.device.Interval;
import org.caravanhub.device.Presence;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one device while the hub runs, and how it is judged by that. Times are milliseconds of the {@link Ear} where they are
 * called so, otherwise of the monotonic clock. Small, for there may be thousands; belongs to the lock of {@link PresenceWatch}.
 */
final class Watched {
    static final long NEVER = Long.MIN_VALUE;
    /** Taken as usual of a device that was heard too seldom to have learned from. */
    static final long UNLEARNED_MS = 300_000;

    /** A device that is lost so often within an hour flaps. */
    private static final int FLAPS = 5;

    private static final int MOST_GATEWAYS = 4;
    /** What a device said before may come so long after what it said last: each flow has its own way. */
    private static final long UNDER_WAY_MS = 5_000;
    /** So long a device that said that it is there is believed, without having told how often it speaks. */
    private static final long BELIEVED_MS = 86_400_000;

    /** What a device says that is about to be gone for a while. */
    private static final Set<String> ASLEEP =
            Set.of("sleep", "sleeping", "asleep", "deep_sleep", "deepsleep", "disconnect", "disconnecting");

    /** A device's time is its own only if it goes on as the hub's does, give or take this. */
    private static final long IN_STEP_MS = 2_000;

    /** What is older when it comes was not said now. */
    private static final long LATE_MS = 120_000;

    private static final String[] NONE = {};

    final String device;
    final Interval interval = new Interval();
    /** How it is told: changes of it are written and told, with pauses. */
    final Told told = new Told();

    private long heardEar = NEVER;
    private long heardAt = NEVER;
    private long heardReceived = NEVER;
    private long newestSaid = NEVER;
    private long newestReceived;
    private long since;
    private long losses;
    /** The last commit that it spoke in. */
    int commit;

    private int ownerMs;
    private int lossesPart;
    private int asleepEarS;
    private int backEarS;
    private boolean isDisabled;
    private boolean isRegistered;
    private boolean saysOnline;
    private boolean isAsleep;
    private boolean isBehind;
    private boolean isHeardHere;
    private boolean isSinceWall;
    private Presence state = Presence.NEW;
    private Cause cause = Cause.NEVER;
    private String[] gateways = NONE;
    private @Nullable Will will;
    /** Why it was offline when the hub went off; it stays so until it speaks. */
    private @Nullable String fromBefore;

    /** Finds the devices through which others are heard. */
    interface Others {
        @Nullable
        Watched find(String device);

        /** Nobody is expected to speak more often than this now. */
        long advisedMs();
    }

    Watched(String device, long nowMs) {
        this.device = device;
        this.since = nowMs;
    }

    // ── What it says ─────────────────────────────────────────────────────────────────────

    /**
     * Whether what it says with a time of its own was said now: neither late, nor again. Notes the time.
     *
     * @return how many milliseconds ago it was said; 0 for now, negative if that is not known and it proves nothing
     */
    long age(long saidMs, long receivedMs, boolean mayHaveWaited) {
        long pause = receivedMs - newestReceived;
        boolean isInStep = newestSaid != NEVER
                && pause >= IN_STEP_MS
                && Math.abs(pause - (saidMs - newestSaid)) <= IN_STEP_MS + pause / 10;
        boolean isNewer = saidMs > newestSaid;
        if (isNewer || !mayHaveWaited) {
            // A clock that was set back is followed; what is only repeated is not newer the next time either.
            newestSaid = saidMs;
            newestReceived = receivedMs;
        }
        long late = receivedMs - saidMs;
        if (isInStep || (isNewer && late <= LATE_MS)) {
            return 0;
        }
        return late > LATE_MS ? late : -1;
    }

    /**
     * It spoke.
     *
     * @param receivedMs when that came, by the hub's clock
     * @param isUsual whether it speaks so in its usual interval
     */
    void heard(long ear, long nowMs, long receivedMs, boolean isUsual) {
        if (isUsual) {
            interval.heard(ear);
        }
        if (!isHeardHere || ear >= heardEar) {
            heardEar = ear;
            heardAt = nowMs;
            heardReceived = receivedMs;
        }
        isHeardHere = true;
        isBehind = false;
        fromBefore = null;
        Will said = will;
        // In the order of receipt, unless the hub's clock was set.
        if (said != null && (receivedMs >= said.receivedMs() || ear - said.earMs() > UNDER_WAY_MS)) {
            will = null;
        }
    }

    /** It was alive then. */
    void wasAlive(long ear, long atMs) {
        if (heardEar == NEVER || ear > heardEar) {
            heardEar = ear;
            heardAt = atMs;
            isHeardHere = true;
            Will said = will;
            if (said != null && ear > said.earMs()) {
                will = null;
            }
        }
    }

    /** It told how it is; after {@link #heard}. */
    void tells(long ear, String activity, boolean isThere) {
        isAsleep = isSleep(activity);
        asleepEarS = (int) (ear / 1000);
        saysOnline |= isThere;
    }

    /** It measured something; after {@link #heard}. A report that is under way when it says that it goes to sleep does not wake it. */
    void wakes(long ear) {
        isAsleep &= ear - asleepEarS * 1000L <= UNDER_WAY_MS;
    }

    /**
     * It said goodbye, or the broker said it in its place. One that sleeps is expected to.
     *
     * @param mayHaveWaited whether that may be of any time since the hub was off
     */
    void saidGoodbye(long ear, long nowMs, long receivedMs, boolean mayHaveWaited) {
        boolean isOvertaken = receivedMs < heardReceived && ear - heardEar <= UNDER_WAY_MS;
        if (isAsleep || will != null || isOvertaken) {
            return;
        }
        lost(nowMs);
        will = new Will(ear, nowMs, receivedMs, mayHaveWaited ? longHoldMs() : Will.HOLD_MS, false);
        saysOnline = false;
    }

    /** The broker kept its goodbye. It counts, unless the device was heard as it should since the hub began to listen. */
    void saidGoodbyeBefore(long ear, long nowMs, long receivedMs) {
        boolean isInOrder = isHeardHere && ear - heardEar <= usualMs();
        if (!isInOrder && will == null && fromBefore == null) {
            will = new Will(ear, nowMs, receivedMs, heardEar == NEVER ? Will.HOLD_MS : longHoldMs(), true);
            saysOnline = false;
        }
    }

    /** Long enough for it to speak once more, if that is not too long. */
    private long longHoldMs() {
        return Math.min(Math.max(Will.HOLD_MS, usualMs() + usualMs() / 5), Will.LONGEST_HOLD_MS);
    }

    static boolean isSleep(String activity) {
        return !activity.isEmpty() && ASLEEP.contains(activity.toLowerCase(Locale.ROOT));
    }

    /** It is heard through this one, at most through four. */
    void isHeardThrough(String gateway) {
        for (String known : gateways) {
            if (known.equals(gateway)) {
                return;
            }
        }
        int kept = Math.min(gateways.length, MOST_GATEWAYS - 1);
        String[] more = new String[kept + 1];
        System.arraycopy(gateways, gateways.length - kept, more, 0, kept);
        more[kept] = gateway;
        gateways = more;
    }

    // ── What its owner says ──────────────────────────────────────────────────────────────

    void owned(boolean registered, boolean disabled, long intervalMs) {
        isRegistered = registered;
        isDisabled = disabled;
        // Three weeks are as good as ever.
        ownerMs = (int) Math.min(intervalMs, Integer.MAX_VALUE);
    }

    // ── What an earlier run knew ─────────────────────────────────────────────────────────

    /**
     * It was heard so long before the hub went off.
     *
     * @param wallMs when, by the hub's clock then
     */
    void wasHeard(long ear, long wallMs) {
        if (!isHeardHere && (heardEar == NEVER || ear > heardEar)) {
            heardEar = ear;
            heardAt = wallMs;
        }
    }

    void wasJudged(Presence before, Cause why, String reason, long sinceWallMs) {
        if (isHeardHere) {
            return;
        }
        state = before;
        cause = why;
        since = sinceWallMs;
        isSinceWall = true;
        if (before == Presence.OFFLINE && why == Cause.GATEWAY) {
            isBehind = true;
        } else if (before == Presence.OFFLINE) {
            fromBefore = reason;
        }
    }

    // ── How it is ────────────────────────────────────────────────────────────────────────

    /** Judges it anew. */
    void judge(long ear, long nowMs, Others others) {
        if (isDisabled) {
            becomes(Presence.DISABLED, Cause.DISABLED, nowMs);
            return;
        }
        Will said = will;
        if (said != null && said.isBelieved(ear)) {
            becomes(Presence.OFFLINE, Cause.WILL, nowMs);
        } else if (isUnreachable(ear, others)) {
            isBehind = true;
            backEarS = (int) (ear / 1000);
            becomes(Presence.OFFLINE, Cause.GATEWAY, nowMs);
        } else if (isBehind) {
            // Its gateway is back; it has as long as any other to be heard again.
            long expectedMs = Math.max(usualMs(), others.advisedMs());
            boolean isGone = Presence.after(ear - backEarS * 1000L, expectedMs) == Presence.OFFLINE;
            isBehind = !isGone;
            becomes(Presence.OFFLINE, isGone ? Cause.MISSED : Cause.GATEWAY, nowMs);
        } else if (fromBefore != null) {
            becomes(Presence.OFFLINE, cause, nowMs);
        } else if (heardEar == NEVER) {
            becomes(Presence.NEW, Cause.NEVER, nowMs);
        } else {
            bySilence(ear, nowMs, Math.max(usualMs(), others.advisedMs()));
        }
    }

    /** Who said that it is there, and is heard too seldom to know how often it speaks, is there until it says goodbye. */
    private void bySilence(long ear, long nowMs, long expectedMs) {
        boolean isUnlearned = ownerMs == 0 && interval.usualMs() == 0;
        boolean isConnected = saysOnline && !isAsleep && isUnlearned && ear - heardEar < BELIEVED_MS;
        Presence next = isConnected ? Presence.ONLINE : Presence.after(ear - heardEar, expectedMs);
        if (next == Presence.OFFLINE && state != Presence.OFFLINE) {
            lost(nowMs);
        }
        becomes(next, next == Presence.ONLINE ? Cause.HEARD : Cause.MISSED, nowMs);
    }

    /** Whether all that it is heard through are offline, and it did not find another way. */
    private boolean isUnreachable(long ear, Others others) {
        if (gateways.length == 0 || (heardEar != NEVER && ear - heardEar < Will.HOLD_MS)) {
            return false;
        }
        for (String gateway : gateways) {
            Watched through = others.find(gateway);
            if (through == null || through.state != Presence.OFFLINE) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is silent because of itself: something that hears it was heard after it. */
    boolean isLostAlone(Others others) {
        if (cause == Cause.GATEWAY) {
            return false;
        }
        boolean isAlone = gateways.length == 0;
        for (String gateway : gateways) {
            Watched through = others.find(gateway);
            isAlone |= through == null || (through.state == Presence.ONLINE && through.heardEar > heardEar + usualMs());
        }
        return isAlone;
    }

    private void becomes(Presence next, Cause why, long nowMs) {
        if (next != state) {
            state = next;
            since = nowMs;
            isSinceWall = false;
        }
        cause = why;
    }

    private void lost(long nowMs) {
        losses = Losses.oneMore(Losses.at(losses, lossesPart, Losses.part(nowMs)));
        lossesPart = Losses.part(nowMs);
    }

    Presence state() {
        return state;
    }

    Cause cause() {
        return cause;
    }

    boolean isRegistered() {
        return isRegistered;
    }

    /** Whether it was heard, or said goodbye, in this or an earlier run. */
    boolean isKnown() {
        return heardEar != NEVER;
    }

    boolean isAsleep() {
        return isAsleep;
    }

    String[] gateways() {
        return gateways;
    }

    int losses(long nowMs) {
        return Losses.sum(Losses.at(losses, lossesPart, Losses.part(nowMs)));
    }

    boolean isFlapping(long nowMs) {
        return losses(nowMs) >= FLAPS;
    }

    /** How often it speaks, as far as anybody knows. */
    long usualMs() {
        return ownerMs != 0 ? ownerMs : interval.usualMs() != 0 ? interval.usualMs() : UNLEARNED_MS;
    }

    /** Where that is from. */
    Standing.From usualFrom() {
        return ownerMs != 0
                ? Standing.From.OWNER
                : interval.usualMs() != 0 ? Standing.From.LEARNED : Standing.From.ASSUMED;
    }

    long sinceWall(Moments moments) {
        return isSinceWall ? since : moments.wall(since);
    }

    /** When it was heard last, by the hub's clock; {@link #NEVER} if it never was. */
    long heardWall(Moments moments) {
        return heardEar == NEVER ? NEVER : isHeardHere ? moments.wall(heardAt) : heardAt;
    }

    /** What it said goodbye with, if it did and was not heard since. */
    @Nullable
    Will will() {
        return will;
    }

    /** Why it was offline when the hub went off, if it was and was not heard since. */
    @Nullable
    String fromBefore() {
        return fromBefore;
    }

    /** Whether it was heard since the hub began to listen. */
    boolean isHeardHere() {
        return isHeardHere;
    }

    long silence(long ear) {
        return heardEar == NEVER ? 0 : ear - heardEar;
    }
}
