package org.caravanhub.ecoflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.caravanhub.alert.Alerts;
import org.caravanhub.clock.HubClock;
import org.caravanhub.clock.Trust;
import org.caravanhub.notice.Notice;
import org.caravanhub.notice.Priority;
import org.caravanhub.reading.DeviceId;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Decides for the flows in {@code routes/ecoflow} what the cloud is asked and when, and what its answers mean. What it does not know has no
 * reading: a station that is not there, an answer without data, and one that only repeats itself. Safe for several threads.
 */
public final class EcoFlow {
    static final String FAMILY = "ecoflow";
    static final String ACCESS_ALERT = "ecoflow-access";
    static final String STATION_ALERT = "ecoflow-station";

    private static final String FLOW = "poll-ecoflow";
    private static final int MOST_STATIONS = 64;
    /** The cloud refuses what is further from its clock; by how much exactly nobody has said. */
    private static final Duration SKEW = Duration.ofSeconds(60);

    private final Settings settings;
    private final HubClock hubClock;
    private final Clock clock;
    private final LongSupplier nanos;
    private final RandomGenerator chance;
    private final Alerts alerts;
    private final RareLines lines;
    private final Patience patience;
    private final Map<String, Station> stations = new TreeMap<>();
    private Optional<Trouble> trouble = Optional.empty();
    private Optional<Duration> skew = Optional.empty();
    private boolean wasListed;
    private boolean hasWorked;

    /**
     * What was configured.
     *
     * @param keys that questions are signed with
     * @param interval each is asked at most once in it
     * @param serials the stations that are wanted; empty for all that the keys know
     */
    public record Settings(Keys keys, Duration interval, Set<String> serials) {
        public Settings {
            serials = Set.copyOf(serials);
        }
    }

    /**
     * One that has not asked anything.
     *
     * @param hubClock a wrong clock signs what is refused
     * @param nanos a clock that nobody sets: {@code System::nanoTime}
     */
    public EcoFlow(
            Settings settings,
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
        this.alerts = alerts;
        this.lines = new RareLines(LoggerFactory.getLogger(EcoFlow.class), nanos);
        this.patience = new Patience(settings.interval(), chance);
    }

    /** First which stations are there; nothing while the clock is wrong or asking is no use. */
    public synchronized List<Question> whatIsFirst() {
        wasListed = false;
        if (hubClock.trust() == Trust.UNSURE) {
            lines.say("ecoflow=waits reason=\"the hub's clock is not sure, so that the signature would be refused: "
                    + hubClock.why() + "\"");
            return List.of();
        }
        return patience.isDue(nanos.getAsLong()) ? List.of(new Question.Stations()) : List.of();
    }

    /** Then those that are there, each if it is its turn. None if it is not known who is there. */
    public synchronized List<Question> whoIsNext() {
        long now = nanos.getAsLong();
        return wasListed
                ? stations.values().stream()
                        .filter(station -> station.isOnline && station.patience.isDue(now))
                        .<Question>map(station -> new Question.Station(station.serial))
                        .toList()
                : List.of();
    }

    /** Puts address and signature of a question where Camel's HTTP client takes them from. */
    public synchronized void sign(Question question, Map<String, Object> headers) {
        String nonce = Integer.toString(chance.nextInt(100_000, 1_000_000));
        long millis = clock.millis();
        headers.put("CamelHttpMethod", "GET");
        headers.put("CamelHttpPath", question.path());
        if (!question.parameters().isEmpty()) {
            headers.put("CamelHttpQuery", Signature.text(question.parameters()));
        }
        headers.put("accessKey", settings.keys().access());
        headers.put("nonce", nonce);
        headers.put("timestamp", Long.toString(millis));
        headers.put("sign", Signature.of(question.parameters(), settings.keys(), nonce, millis));
    }

    /**
     * Hears the answer.
     *
     * @param headers with status and date of it
     * @param body is read to the end, within bounds
     * @return the reading that comes of it, if one does
     */
    public synchronized List<Outcome> hear(Question question, Map<String, Object> headers, @Nullable InputStream body) {
        learnSkew(headers.get("Date"));
        try {
            int status = headers.get("CamelHttpResponseCode") instanceof Number number ? number.intValue() : 0;
            if (status != 200 || body == null) {
                close(body);
                throw new NoAnswer(Trouble.ofStatus(status, String.valueOf(headers.get("Location"))));
            }
            Answer answer = Answer.read(body);
            if (!answer.code().equals("0")) {
                throw new NoAnswer(Trouble.ofCode(answer.code(), answer.message()));
            }
            return question instanceof Question.Station one ? measured(one.serial(), answer) : listed(answer);
        } catch (NoAnswer e) {
            return troubled(question, e.trouble());
        }
    }

    /** Nobody answered. */
    public synchronized List<Outcome> failed(Question question, Exception failure) {
        return troubled(question, Trouble.passing("", "no answer from EcoFlow: " + reason(failure)));
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + ", " + NoAnswer.line(cause);
    }

    private static void close(@Nullable InputStream body) {
        try {
            if (body != null) {
                body.close();
            }
        } catch (java.io.IOException e) {
            // It was not wanted anyway.
        }
    }

    // ── Which stations are there ─────────────────────────────────────────────────────────

    private List<Outcome> listed(Answer answer) throws NoAnswer {
        if (!answer.data().isArray()) {
            throw new NoAnswer(Trouble.passing("", "EcoFlow's list of stations has no data"));
        }
        stations.values().forEach(station -> station.isOnline = false);
        for (JsonNode each : answer.data()) {
            String serial = each.path("sn").asText();
            boolean isWanted =
                    settings.serials().isEmpty() || settings.serials().contains(serial);
            if (isWanted && DeviceId.isValid("ecoflow-" + serial) && hasRoom(serial)) {
                Station station = station(serial);
                station.isOnline = isOne(each.path("online"));
                station.product = each.path("productName").asText("");
            }
        }
        wasListed = true;
        patience.worked();
        worked(trouble.isPresent(), ACCESS_ALERT, "", "EcoFlow answers again.");
        trouble = Optional.empty();
        noteMissing(answer.data());
        return List.of();
    }

    private boolean hasRoom(String serial) {
        return stations.containsKey(serial) || stations.size() < MOST_STATIONS;
    }

    private Station station(String serial) {
        return stations.computeIfAbsent(serial, first -> new Station(first, new Patience(settings.interval(), chance)));
    }

    /** It lags by up to a quarter of an hour, but nothing better is said. */
    private static boolean isOne(JsonNode online) {
        return online.asText().equals("1") || online.asText().equals("true");
    }

    /** A serial number that is configured and not in the list is a mistake that only a person can find. */
    private void noteMissing(JsonNode list) {
        Set<String> there = new java.util.HashSet<>();
        list.forEach(each -> there.add(each.path("sn").asText()));
        for (String wanted : settings.serials()) {
            boolean isSerial = DeviceId.isValid("ecoflow-" + wanted) && hasRoom(wanted);
            if (isSerial && !there.contains(wanted) && station(wanted).patience.isDue(nanos.getAsLong())) {
                troubled(
                        new Question.Station(wanted),
                        new Trouble(
                                true,
                                "",
                                "EcoFlow does not list this station",
                                "Compare caravan.ecoflow.serials with the serial number in the app, and look whether the"
                                        + " station is under the account that the keys are of."));
            }
        }
    }

    // ── What one measures ────────────────────────────────────────────────────────────────

    private List<Outcome> measured(String serial, Answer answer) throws NoAnswer {
        Station station = station(serial);
        long now = nanos.getAsLong();
        Measured measured = Measured.of(station.product, Quota.flat(answer.data()));
        if (!answer.data().isObject() || measured.metrics().isEmpty()) {
            throw new NoAnswer(Trouble.passing("", "EcoFlow has no data of the station"));
        }
        if (station.isFrozen(answer.data(), measured, now)) {
            throw new NoAnswer(
                    Trouble.passing("", "EcoFlow repeats old values, so the station is probably not reached"));
        }
        station.patience.worked();
        worked(station.trouble.isPresent(), STATION_ALERT, station.device(), "EcoFlow tells of it again.");
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

    // ── What went wrong ──────────────────────────────────────────────────────────────────

    private List<Outcome> troubled(Question question, Trouble found) {
        Trouble known = found.code().equals("8521") ? withSkew(found) : found;
        Optional<Station> station =
                question instanceof Question.Station one ? Optional.of(station(one.serial())) : Optional.empty();
        Duration wait = station.map(one -> one.patience).orElse(patience).failed(known.lasts(), nanos.getAsLong());
        station.ifPresentOrElse(one -> one.trouble = Optional.of(known), () -> trouble = Optional.of(known));
        String device = station.map(Station::device).orElse("");
        if (known.lasts()) {
            raise(station.isPresent() ? STATION_ALERT : ACCESS_ALERT, device, known);
        }
        lines.say("ecoflow=failed of=" + (device.isEmpty() ? "account" : device)
                + (known.code().isEmpty() ? "" : " code=\"" + known.code() + "\"") + " next=" + wait.toSeconds()
                + "s reason=\"" + known.what().replace('"', '\'') + "\"");
        return List.of();
    }

    private void raise(String name, String device, Trouble found) {
        String title = device.isEmpty() ? found.what() : device + ": " + found.what();
        String code = found.code().isEmpty() ? "" : " (" + found.code() + ")";
        alerts.raise(new Notice(name, FLOW, title + code, found.fix(), Priority.NORMAL, device, clock.instant()));
    }

    /** It may be open from before the start, so the first success says it too. */
    private void worked(boolean wasTroubled, String alert, String device, String why) {
        boolean isFirst = device.isEmpty()
                ? !hasWorked
                : station(device.substring(8)).lastReading.isEmpty();
        if (wasTroubled || isFirst) {
            alerts.resolve(alert, device, why);
        }
        hasWorked |= device.isEmpty();
        if (wasTroubled) {
            lines.say("ecoflow=works of=" + (device.isEmpty() ? "account" : device));
        }
    }

    private void learnSkew(@Nullable Object date) {
        try {
            if (date != null) {
                Instant theirs = ZonedDateTime.parse(
                                date.toString(), DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
                        .toInstant();
                skew = Optional.of(Duration.between(theirs, clock.instant()));
            }
        } catch (DateTimeException e) {
            skew = Optional.empty();
        }
    }

    private Trouble withSkew(Trouble found) {
        return skew.filter(off -> off.abs().compareTo(SKEW) > 0)
                .map(off -> found.with("The hub's clock is " + off.abs().toSeconds() + " s "
                        + (off.isNegative() ? "behind" : "ahead of")
                        + " EcoFlow's, so that each signature is refused. Set it: docs/how-to/ecoflow.md."))
                .orElse(found);
    }
}
