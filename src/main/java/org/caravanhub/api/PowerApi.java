package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.caravanhub.audit.Trail;
import org.caravanhub.ecoflow.CloudState;
import org.caravanhub.ecoflow.EcoFlow;
import org.caravanhub.ecoflow.StationState;
import org.caravanhub.ecoflow.Trouble;
import org.caravanhub.health.Health;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.power.Energy;
import org.caravanhub.power.EnergyBook;
import org.caravanhub.power.PowerWatch;

/** {@code show-power}, {@code poll-power} and {@code check-power}. */
public final class PowerApi {
    private final PowerSetup setup;
    private final PowerStations stations;
    private final PowerDoctor doctor;
    private final Optional<EcoFlow> ecoflow;
    private final Surroundings hub;

    /**
     * What of the hub it needs.
     *
     * @param power how much is done
     * @param energy what flowed; none if that is not reckoned
     * @param hurry has the cloud asked after this time
     */
    public record Surroundings(
            PowerWatch power, Optional<EnergyBook> energy, Consumer<Duration> hurry, Trail audit, Clock clock) {}

    PowerApi(
            PowerSetup setup, PowerStations stations, PowerDoctor doctor, Optional<EcoFlow> ecoflow, Surroundings hub) {
        this.setup = setup;
        this.stations = stations;
        this.doctor = doctor;
        this.ecoflow = ecoflow;
        this.hub = hub;
    }

    /** How much is done, how the cloud is, and each station. */
    public Answer show(Question question) {
        Optional<CloudState> cloud = stations.cloud();
        List<PowerStation> all = stations.all(cloud);
        Instant now = hub.clock().instant();
        Map<String, Energy> today = hub.energy()
                .map(book -> all.stream()
                        .collect(Collectors.toMap(
                                PowerStation::device,
                                station -> book.today(station.device(), now, ZoneId.systemDefault()))))
                .orElse(Map.of());
        return Answer.json(json -> {
            json.writeStartObject();
            PowerJson.moment(json, "at", Optional.of(now));
            json.writeFieldName("profile");
            PowerJson.write(json, hub.power().now());
            json.writeFieldName("cloud");
            PowerJson.write(json, cloud, cloud.isPresent() ? setup.host() : "");
            json.writeArrayFieldStart("stations");
            for (PowerStation station : all) {
                PowerJson.write(json, station, Optional.ofNullable(today.get(station.device())));
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** Has the cloud asked as soon as that may be. */
    public Answer poll(Question question) {
        EcoFlow cloud = ecoflow.orElseThrow(() -> Problem.of(
                ProblemCode.NOT_NOW,
                "EcoFlow is not asked, because "
                        + (setup.hasAnyKey() ? "only one of the two keys is set. " : "no keys are set. ")
                        + PowerSetup.BEGIN));
        String waits = cloud.state().waits();
        if (!waits.isEmpty()) {
            throw Problem.of(
                    ProblemCode.NOT_NOW,
                    "EcoFlow is not asked, because " + waits + ". Set the clock, or let it follow a time server.");
        }
        // Before it is asked: who waits for the answer compares with this.
        Instant now = hub.clock().instant();
        Duration in = cloud.hurry().orElseThrow(() -> tooSoon(cloud));
        hub.hurry().accept(in);
        hub.audit().note(question.principal().name(), question.operation(), "power/cloud", "{}");
        Instant then = now.plus(in);
        List<StationState> all = cloud.state().stations();
        return Answer.json(202, json -> {
            json.writeStartObject();
            PowerJson.moment(json, "at", Optional.of(now));
            PowerJson.moment(json, "asks_at", Optional.of(then));
            json.writeNumberField("in_s", seconds(in));
            json.writeArrayFieldStart("stations");
            for (StationState station : all) {
                json.writeStartObject();
                json.writeStringField("device", station.device());
                PowerJson.moment(
                        json,
                        "asks_at",
                        station.isNear() || station.isListed() && !station.isThere()
                                ? Optional.empty()
                                : Optional.of(then));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static Problem tooSoon(EcoFlow cloud) {
        int left = Math.max(1, seconds(cloud.soonest()));
        return Problem.retry(
                ProblemCode.TOO_SOON,
                "All was asked less than " + cloud.state().interval().toSeconds()
                        + " s ago, and EcoFlow shuts out who asks more often. It is asked again in " + left
                        + " s or a little later.",
                left);
    }

    /** Rounded up. */
    private static int seconds(Duration duration) {
        return Math.toIntExact((duration.toMillis() + 999) / 1000);
    }

    /** Everything that must be right, looked at in order. */
    public Answer check(Question question) throws InterruptedException {
        List<PowerDoctor.Finding> found =
                doctor.look(question.text("offline").filter("true"::equals).isPresent());
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeNumberField(
                    "problems",
                    found.stream()
                            .filter(each -> each.health().state() == Health.State.PROBLEM)
                            .count());
            json.writeArrayFieldStart("items");
            for (PowerDoctor.Finding finding : found) {
                write(json, finding);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("codes");
            for (Trouble trouble : Trouble.known()) {
                json.writeStartObject();
                PowerJson.members(json, trouble);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, PowerDoctor.Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("check", finding.check());
        json.writeStringField("device", finding.device());
        json.writeStringField("state", finding.health().state().word());
        json.writeStringField("what", finding.health().what());
        json.writeStringField("why", finding.health().why());
        json.writeStringField("fix", finding.health().fix());
        json.writeEndObject();
    }
}
