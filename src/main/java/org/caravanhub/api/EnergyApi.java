package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalDouble;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Moment;
import org.caravanhub.http.Problem;
import org.caravanhub.http.Question;
import org.caravanhub.power.Energy;
import org.caravanhub.power.EnergyBook;
import org.caravanhub.store.DeviceBook;

/** {@code show-energy}. */
public final class EnergyApi {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    /** Two months of hours, and two years of days. */
    private static final int MOST_HOURS = 1_500;

    private static final int MOST_DAYS = 750;

    private final DeviceBook devices;
    private final EnergyBook energy;
    private final ZoneId home;
    private final Clock clock;

    /**
     * Answers from these.
     *
     * @param home where the hub's days begin
     */
    public EnergyApi(DeviceBook devices, EnergyBook energy, ZoneId home, Clock clock) {
        this.devices = devices;
        this.energy = energy;
        this.home = home;
        this.clock = clock;
    }

    /** What flowed in each hour or day, also in that in which the stretch begins, and for how much of it that is known. */
    public Answer show(Question question) {
        String device = question.word("id");
        if (devices.find(device).isEmpty()) {
            throw Problem.notFound("device", device);
        }
        TimeSpan span = TimeSpan.of(question, clock);
        ZoneId zone = question.text("zone").map(EnergyApi::zone).orElse(home);
        boolean isDaily = question.word("every").equals("1d");
        refuseTooMany(span, isDaily);
        List<Energy> all = isDaily
                ? energy.days(device, startOfDay(span.from(), zone), span.to(), zone)
                : energy.hours(device, span.from().truncatedTo(ChronoUnit.HOURS), span.to());
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeStringField("device", device);
            json.writeStringField("every", question.word("every"));
            json.writeStringField("zone", zone.getId());
            json.writeNumberField("gap_s", energy.gap().toSeconds());
            json.writeArrayFieldStart("items");
            for (Energy one : all) {
                write(json, one);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Energy energy) throws IOException {
        json.writeStartObject();
        json.writeStringField("from", Moment.text(energy.from()));
        json.writeStringField("to", Moment.text(energy.to()));
        write(json, "in_wh", energy.inWh());
        write(json, "out_wh", energy.outWh());
        write(json, "solar_wh", energy.solarWh());
        json.writeNumberField("covered_s", Math.round(energy.covered().toMillis() / 1000.0));
        json.writeEndObject();
    }

    /** To a hundredth: finer is no power station. */
    private static void write(JsonGenerator json, String name, OptionalDouble wattHours) throws IOException {
        json.writeFieldName(name);
        if (wattHours.isPresent() && Double.isFinite(wattHours.getAsDouble())) {
            json.writeNumber(Math.round(wattHours.getAsDouble() * 100) / 100.0);
        } else {
            json.writeNull();
        }
    }

    private static Instant startOfDay(Instant moment, ZoneId zone) {
        return LocalDate.ofInstant(moment, zone).atStartOfDay(zone).toInstant();
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw Problem.parameters(List.of(new Fault(
                    "zone",
                    "not_allowed",
                    "\"" + name + "\" is no time zone.",
                    "a name of the tz database, such as Europe/Paris, or UTC")));
        }
    }

    private static void refuseTooMany(TimeSpan span, boolean isDaily) {
        long number = Duration.between(span.from(), span.to()).dividedBy(isDaily ? DAY : HOUR);
        int most = isDaily ? MOST_DAYS : MOST_HOURS;
        if (number > most) {
            throw Problem.parameters(List.of(new Fault(
                    "from",
                    "out_of_range",
                    "These would be " + number + (isDaily ? " days" : " hours") + "; at most " + most
                            + " are answered at once.",
                    isDaily ? "ask for less time" : "every=1d, or less time")));
        }
    }
}
