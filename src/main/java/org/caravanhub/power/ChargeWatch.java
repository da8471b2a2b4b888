package org.caravanhub.power;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.store.CommitListener;
import org.caravanhub.store.Receipt;

/**
 * Goes by the charge of one device, as it is kept. The profile changes when at least two readings in a row ask for it, the last of them
 * {@link #SURE} after the first: a single 0 among sixties is a mistake. Nothing heard for {@link #SILENCE} says nothing any more, and the
 * hub works as usual. Time is counted by a clock that nobody sets. Safe for use by many threads.
 */
public final class ChargeWatch implements PowerWatch, CommitListener {
    /** A station that is asked for each 30 s is believed at its second reading, a bridge that tells each second after so long. */
    static final Duration SURE = Duration.ofSeconds(20);

    private static final Duration SAVING_REPORTS = Duration.ofSeconds(300);
    private static final Duration FLOOR_REPORTS = Duration.ofSeconds(900);

    /** For so long the last charge counts. */
    public static final Duration SILENCE = Duration.ofHours(24);

    private final ChargeRule rule;
    private final Clock clock;
    private final LongSupplier nanos;
    private volatile Runnable listener = () -> {};
    private volatile PowerState now;

    // Guarded by this.
    private Profile profile = Profile.NORMAL;
    private Instant since;
    private long sinceNanos;
    private boolean isAfterSaving;
    private Optional<Charge> last = Optional.empty();
    private boolean isRemembered;
    private boolean isHeard;
    private boolean isSilent;
    private long heardNanos;
    private Optional<Wish> wish = Optional.empty();

    /** What readings ask for that are not believed yet. */
    private record Wish(Profile wanted, long nanos) {}

    /**
     * One that has heard nothing.
     *
     * @param nanos a clock that nobody sets: {@code System::nanoTime}
     */
    public ChargeWatch(ChargeRule rule, Clock clock, LongSupplier nanos) {
        this.rule = rule;
        this.clock = clock;
        this.nanos = nanos;
        this.since = clock.instant();
        this.sinceNanos = nanos.getAsLong();
        this.heardNanos = sinceNanos;
        this.now = state();
    }

    /** Tells from now on when the profile has changed; on the thread of whoever told the charge, so it must be quick. */
    public void whenChanged(Runnable told) {
        listener = told;
    }

    /** By which rule it goes. */
    public ChargeRule rule() {
        return rule;
    }

    @Override
    public PowerState now() {
        return now;
    }

    /** Whether the device has told its charge within the time that it counts. */
    public synchronized boolean isKnown() {
        return last.isPresent() && !isSilent;
    }

    /** For how long the hub has not worked as usual; empty if it does. */
    public synchronized Optional<Duration> savingFor() {
        return profile == Profile.NORMAL
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(nanos.getAsLong() - sinceNanos));
    }

    /**
     * So far apart may be what devices say that do as the flow {@code tell-profile} advises; when that is over, those that sleep have not heard
     * of it yet.
     */
    public synchronized Duration advised() {
        return switch (profile) {
            case SAVING -> SAVING_REPORTS;
            case FLOOR -> FLOOR_REPORTS;
            case NORMAL ->
                isAfterSaving && nanos.getAsLong() - sinceNanos < FLOOR_REPORTS.toNanos()
                        ? SAVING_REPORTS
                        : Duration.ZERO;
        };
    }

    /** How it was when the hub stopped: it goes on so. Before anything is heard. */
    public synchronized void remember(Profile was, Instant began) {
        profile = was;
        since = began;
        Duration ago = Duration.between(began, clock.instant());
        sinceNanos = nanos.getAsLong() - (ago.isNegative() ? 0 : Math.min(ago.toNanos(), SILENCE.toNanos()));
        isRemembered = true;
        now = state();
    }

    /**
     * What was kept before the hub stopped; nothing if something was heard meanwhile.
     *
     * @param newest of the time in which it counts
     * @param isTimeKnown whether that none was found means that none is there
     */
    public void recall(Optional<Charge> newest, boolean isTimeKnown) {
        tell(recalled(newest, isTimeKnown));
    }

    private synchronized boolean recalled(Optional<Charge> newest, boolean isTimeKnown) {
        if (isHeard) {
            return false;
        }
        if (newest.isEmpty()) {
            isSilent = isRemembered && isTimeKnown;
            return changeTo(isSilent ? Profile.NORMAL : profile);
        }
        Duration age = Duration.between(newest.get().at(), clock.instant());
        heardNanos = nanos.getAsLong() - (age.isNegative() ? 0 : age.toNanos());
        last = newest;
        Profile wanted = rule.after(profile, newest.get().percent());
        // What was decided before is not overthrown by one reading.
        wish = isRemembered && wanted != profile ? Optional.of(new Wish(wanted, heardNanos)) : Optional.empty();
        return changeTo(isRemembered ? profile : wanted);
    }

    @Override
    public void heard(List<? extends Outcome> said) {
        for (int i = 0; i < said.size(); i++) {
            if (said.get(i) instanceof Reading reading
                    && reading.source().device().equals(rule.device())) {
                Charge.in(reading).ifPresent(this::take);
            }
        }
    }

    @Override
    public void committed(List<Reading> stored, Receipt receipt) {
        // All that was said is heard, whether it is new or not.
    }

    /** Takes a charge in that was told just now. */
    void take(Charge charge) {
        tell(taken(charge));
    }

    private synchronized boolean taken(Charge charge) {
        isHeard = true;
        isSilent = false;
        heardNanos = nanos.getAsLong();
        last = Optional.of(charge);
        Profile wanted = rule.after(profile, charge.percent());
        if (wanted == profile) {
            wish = Optional.empty();
            return changeTo(profile);
        }
        Optional<Wish> before = wish.filter(was -> isFuller(was.wanted()) == isFuller(wanted));
        if (before.isEmpty()) {
            wish = Optional.of(new Wish(wanted, heardNanos));
            return changeTo(profile);
        }
        Profile agreed = nearer(before.get().wanted(), wanted);
        wish = Optional.of(new Wish(agreed, before.get().nanos()));
        return changeTo(heardNanos - before.get().nanos() >= SURE.toNanos() ? agreed : profile);
    }

    private boolean isFuller(Profile wanted) {
        return wanted.compareTo(profile) < 0;
    }

    /** The one of two in the same direction that is less of a change. */
    private Profile nearer(Profile one, Profile other) {
        return Math.abs(one.compareTo(profile)) <= Math.abs(other.compareTo(profile)) ? one : other;
    }

    /** Looks whether it has been silent for too long; every minute or so. */
    public void look() {
        tell(looked());
    }

    private synchronized boolean looked() {
        boolean isOver = nanos.getAsLong() - heardNanos >= SILENCE.toNanos();
        if (!isOver || isSilent || last.isEmpty() && profile == Profile.NORMAL) {
            return false;
        }
        isSilent = true;
        wish = Optional.empty();
        return changeTo(Profile.NORMAL);
    }

    private boolean changeTo(Profile next) {
        boolean isOther = next != profile;
        if (isOther) {
            isAfterSaving = next == Profile.NORMAL;
            profile = next;
            since = clock.instant();
            sinceNanos = nanos.getAsLong();
            wish = Optional.empty();
        }
        now = state();
        return isOther;
    }

    private void tell(boolean isChanged) {
        if (isChanged) {
            listener.run();
        }
    }

    private PowerState state() {
        return new PowerState(
                profile,
                rule.device(),
                last.map(charge -> OptionalDouble.of(charge.percent())).orElseGet(OptionalDouble::empty),
                last.map(Charge::at),
                Optional.of(since),
                why());
    }

    private String why() {
        String device = rule.device();
        if (isSilent) {
            return "Nothing was heard of the charge of " + device + " for a day, so the hub works as usual.";
        }
        String has = last.map(charge -> device + " has " + percent(charge.percent()))
                .orElse(device + " has not told its charge yet");
        return switch (profile) {
            case NORMAL -> has + ".";
            case SAVING -> has + "; what can wait does so until it has " + rule.normalFrom() + " %.";
            case FLOOR ->
                has + "; what is at hand was brought to safety, and what can wait does so until it has "
                        + rule.normalFrom() + " %.";
        };
    }

    /** {@code 24 %}, {@code 24.5 %}. */
    public static String percent(double number) {
        return String.format(Locale.ROOT, number == Math.rint(number) ? "%.0f %%" : "%.1f %%", number);
    }
}
