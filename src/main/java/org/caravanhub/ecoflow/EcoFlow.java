package org.caravanhub.ecoflow;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.caravanhub.alert.Alerts;
import org.caravanhub.clock.HubClock;
import org.caravanhub.clock.Trust;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.jspecify.annotations.Nullable;

/**
 * Decides for the flows in {@code routes/ecoflow} what the cloud is asked and when, and what its answers mean. What it does not know has no
 * reading: a station that is not there, an answer without data, and one that only repeats itself. Safe for several threads.
 */
public final class EcoFlow {
    /** The family of its readings. */
    public static final String FAMILY = "ecoflow";

    private static final Duration LOOK_FOR_OTHERS = Duration.ofHours(1);

    private final Settings settings;
    private final HubClock hubClock;
    private final Clock clock;
    private final LongSupplier nanos;
    private final RandomGenerator chance;
    private final Complaints complaints;
    private final Skew skew;
    private final Supplier<Duration> pace;
    private final Patience patience;
    private final Stations stations;
    private Optional<Trouble> trouble = Optional.empty();
    private Optional<Bridges> bridges = Optional.empty();
    private Optional<Instant> lastTry = Optional.empty();
    private Optional<Instant> lastAnswer = Optional.empty();
    private boolean wasListed;
    private boolean isListHurried;
    private long listedNanos;

    /**
     * What was configured.
     *
     * @param keys that questions are signed with
     * @param interval each is asked at most once in it
     * @param serials the stations that are wanted; empty for all that the keys know
     * @param isShort whether the parameters are left out of what is signed
     */
    public record Settings(Keys keys, Duration interval, Set<String> serials, boolean isShort) {
        public Settings {
            serials = Set.copyOf(serials);
        }

        /** Signed as EcoFlow says. */
        public Settings(Keys keys, Duration interval, Set<String> serials) {
            this(keys, interval, serials, false);
        }
    }

    /**
     * One that has not asked anything.
     *
     * @param pace how often it asks while all is well: the interval, or less often while power is short
     * @param hubClock a wrong clock signs what is refused
     * @param nanos a clock that nobody sets: {@code System::nanoTime}
     */
    public EcoFlow(
            Settings settings,
            Supplier<Duration> pace,
            HubClock hubClock,
            Clock clock,
            LongSupplier nanos,
            RandomGenerator chance,
            Alerts alerts) {
        this.settings = settings;
        this.hubClock = hubClock;
        this.clock = clock;
        this.nanos = nanos;
        this.chance = chance;
        this.complaints = new Complaints(alerts, clock, nanos);
        this.skew = new Skew(clock);
        this.pace = pace;
        this.patience = new Patience(settings.interval(), pace, chance);
        this.stations = Stations.of(settings.serials(), settings.interval(), pace, chance);
    }

    /** A station of which a bridge tells is not asked for. To be said before the flows run. */
    public synchronized EcoFlow beside(Bridges near) {
        bridges = Optional.of(near);
        return this;
    }

    /** First which stations are there; nothing while the clock is wrong or asking is no use. */
    public synchronized List<Question> whatIsFirst() {
        wasListed = false;
        if (hubClock.trust() == Trust.UNSURE) {
            complaints.waits("the hub's clock is not sure, so that the signature would be refused: " + hubClock.why());
            return List.of();
        }
        long now = nanos.getAsLong();
        return patience.isDue(now) && isWanted(now) ? List.of(new Question.Stations()) : List.of();
    }

    /** While bridges tell of all stations that are known, it is enough to look once an hour for others. */
    private boolean isWanted(long now) {
        return untilWanted(now).isZero();
    }

    private Duration untilWanted(long now) {
        boolean isAllNear = !stations.all().isEmpty() && stations.all().stream().allMatch(this::isNear);
        Duration left = LOOK_FOR_OTHERS.minusNanos(now - listedNanos);
        return isAllNear && !isListHurried && !left.isNegative() ? left : Duration.ZERO;
    }

    private boolean isNear(Station station) {
        return bridges.isPresent() && bridges.get().tellOf(station);
    }

    /**
     * Then those that are there, each if it is its turn, who has waited longest first. None if it is not known who is there. It ends early
     * when the round takes too long: what is slow holds up no later round, and who was left out comes first in it.
     */
    public synchronized Iterator<Question> whoIsNext() {
        long now = nanos.getAsLong();
        List<Question> due = !wasListed
                ? List.of()
                : stations.all().stream()
                        .filter(station -> station.isOnline && station.patience.isDue(now) && !isNear(station))
                        .sorted(Comparator.comparingLong((Station station) -> station.patience.sinceAsked(now))
                                .reversed())
                        .<Question>map(station -> new Question.Station(station.serial))
                        .toList();
        return new Round(due, nanos, Round.longest(settings.interval()));
    }

    /** Puts address and signature of a question where Camel's HTTP client takes them from. */
    public synchronized void sign(Question question, Map<String, Object> headers) {
        patienceOf(question).asked(nanos.getAsLong());
        noteTry(question, clock.instant());
        String nonce = Integer.toString(chance.nextInt(100_000, 1_000_000));
        long millis = clock.millis();
        headers.put("CamelHttpMethod", "GET");
        headers.put("CamelHttpPath", question.path());
        if (!question.parameters().isEmpty()) {
            headers.put("CamelHttpQuery", Signature.text(question.parameters()));
        }
        Map<String, String> signed = settings.isShort() ? Map.of() : question.parameters();
        headers.put("accessKey", settings.keys().access());
        headers.put("nonce", nonce);
        headers.put("timestamp", Long.toString(millis));
        headers.put("sign", Signature.of(signed, settings.keys(), nonce, millis));
    }

    /**
     * Hears the answer.
     *
     * @param headers with status and date of it
     * @param body is read to the end, within bounds
     * @return the reading that comes of it, if one does
     */
    public List<Outcome> hear(Question question, Map<String, Object> headers, @Nullable InputStream body) {
        try {
            // Not synchronized: it may take seconds until all is read, and others want to know how things are.
            Answer answer = read(headers, body);
            return understand(question, headers, answer);
        } catch (NoAnswer e) {
            return refused(question, headers, e.trouble());
        }
    }

    /** @throws NoAnswer unless it is a success */
    private static Answer read(Map<String, Object> headers, @Nullable InputStream body) throws NoAnswer {
        int status = headers.get("CamelHttpResponseCode") instanceof Number number ? number.intValue() : 0;
        if (status != 200 || body == null) {
            close(body);
            throw new NoAnswer(Trouble.ofStatus(status, String.valueOf(headers.get("Location"))));
        }
        Answer answer = Answer.read(body);
        if (!answer.code().equals("0")) {
            throw new NoAnswer(Trouble.ofCode(answer.code(), answer.message()));
        }
        return answer;
    }

    private synchronized List<Outcome> understand(Question question, Map<String, Object> headers, Answer answer)
            throws NoAnswer {
        skew.learn(headers.get("Date"));
        return question instanceof Question.Station one ? measured(one.serial(), answer) : listed(answer);
    }

    private synchronized List<Outcome> refused(Question question, Map<String, Object> headers, Trouble trouble) {
        skew.learn(headers.get("Date"));
        return troubled(question, trouble);
    }

    /** Nobody answered. */
    public synchronized List<Outcome> failed(Question question, Exception failure) {
        return troubled(question, Trouble.ofSilence(failure));
    }

    /** How it stands now. */
    public synchronized CloudState state() {
        long now = nanos.getAsLong();
        Instant wall = clock.instant();
        Duration rest = untilWanted(now);
        Optional<Instant> next = patience.next(now)
                .map(left -> left.compareTo(rest) > 0 ? left : rest)
                .map(wall::plus);
        String waits = hubClock.trust() == Trust.UNSURE ? "the hub's clock is not sure: " + hubClock.why() : "";
        return new CloudState(
                settings.interval(),
                pace.get(),
                waits,
                lastTry,
                lastAnswer,
                waits.isEmpty() ? next : Optional.empty(),
                patience.isAsking(),
                trouble,
                skew.ahead(),
                stations.all().stream()
                        .map(station -> StationState.of(station, isNear(station), wall, now, next))
                        .toList());
    }

    /**
     * Has all asked as soon as they may be, whoever waits longer: somebody wants to know, or has put something right. The cloud says who is there
     * also while bridges tell of all; of a station of which one tells it is not asked even then, since what is near is newer.
     *
     * @return when that is, counted from now; empty if nobody waits longer than that anyway
     */
    public synchronized Optional<Duration> hurry() {
        long now = nanos.getAsLong();
        boolean isOfUse = patience.isWaitingLonger(now);
        Duration in = patience.hurry(now);
        for (Station station : stations.all()) {
            isOfUse |= station.patience.isWaitingLonger(now);
            Duration own = station.patience.hurry(now);
            in = own.compareTo(in) > 0 ? own : in;
        }
        isListHurried = isOfUse || in.isZero();
        return isListHurried ? Optional.of(in) : Optional.empty();
    }

    /** How long until all may be asked again. */
    public synchronized Duration soonest() {
        long now = nanos.getAsLong();
        return stations.all().stream()
                .map(station -> station.patience.left(now))
                .reduce(patience.left(now), (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    private void noteTry(Question question, Instant at) {
        if (question instanceof Question.Station one) {
            stations.of(one.serial()).lastTry = Optional.of(at);
        } else {
            lastTry = Optional.of(at);
            isListHurried = false;
        }
    }

    private static void close(@Nullable InputStream body) {
        try {
            if (body != null) {
                body.close();
            }
        } catch (IOException e) {
            // It was not wanted anyway.
        }
    }

    private List<Outcome> listed(Answer answer) throws NoAnswer {
        if (!answer.data().isArray()) {
            throw new NoAnswer(Trouble.passing("", "EcoFlow's list of stations has no data"));
        }
        stations.listed(answer.data());
        wasListed = true;
        listedNanos = nanos.getAsLong();
        lastAnswer = Optional.of(clock.instant());
        patience.worked();
        complaints.accountWorks(trouble.isPresent());
        trouble = Optional.empty();
        complaints.askedFor(stations.askedFor());
        for (Station missing : stations.missingIn(answer.data())) {
            if (missing.patience.isDue(nanos.getAsLong()) && !isNear(missing)) {
                missing.patience.asked(nanos.getAsLong());
                troubled(new Question.Station(missing.serial), Trouble.NOT_LISTED);
            }
        }
        return List.of();
    }

    private List<Outcome> measured(String serial, Answer answer) throws NoAnswer {
        Station station = stations.of(serial);
        long now = nanos.getAsLong();
        Measured measured = Measured.of(station.product, Quota.flat(answer.data()));
        if (!answer.data().isObject() || measured.metrics().isEmpty()) {
            throw new NoAnswer(Trouble.passing("", "EcoFlow has no data of the station"));
        }
        station.patience.worked();
        if (station.isRepeat(answer.data(), measured, now)) {
            return repeated(station, now);
        }
        complaints.stationWorks(station);
        station.trouble = Optional.empty();
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        station.last = Optional.of(measured);
        station.lastReading = Optional.of(at);
        int flags = Flag.NO_DEVICE_TIME.bit() | (measured.isDoubtful() ? Flag.OUT_OF_RANGE.bit() : 0);
        return List.of(new Reading(
                Source.of(station.device(), FAMILY),
                at,
                at,
                MetricsText.of(measured, station.isToKeepRest(measured, now)),
                flags));
    }

    /** How the station is now was not said. The cloud did answer, so that it is asked as before, and what changes is known at once. */
    private List<Outcome> repeated(Station station, long now) {
        if (!station.isFrozen(now)) {
            complaints.stationWorks(station);
            station.trouble = Optional.empty();
        } else if (!station.trouble.equals(Optional.of(Trouble.REPEATS))) {
            station.trouble = Optional.of(Trouble.REPEATS);
            complaints.failed(Optional.of(station), Trouble.REPEATS, pace.get());
        }
        return List.of();
    }

    private List<Outcome> troubled(Question question, Trouble found) {
        Trouble known = found.code().equals("8521") ? skew.explain(found) : found;
        Duration wait = patienceOf(question).failed(known.lasts());
        Optional<Station> station =
                question instanceof Question.Station one ? Optional.of(stations.of(one.serial())) : Optional.empty();
        station.ifPresentOrElse(one -> one.trouble = Optional.of(known), () -> trouble = Optional.of(known));
        complaints.failed(station, known, wait);
        return List.of();
    }

    private Patience patienceOf(Question question) {
        return question instanceof Question.Station one ? stations.of(one.serial()).patience : patience;
    }
}
