package org.caravanhub.api;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import org.caravanhub.http.DirectHandler;
import org.caravanhub.http.Principal;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.ota.ArduinoHeaders;
import org.caravanhub.ota.Decision;
import org.caravanhub.ota.Inquiry;
import org.caravanhub.ota.Offers;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.UpdateReport;
import org.caravanhub.reading.DeviceId;
import org.caravanhub.text.Plain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /ota/arduino}: the one address of the update libraries for ESP8266 and ESP32, and of Tasmota. 200 with the image that the
 * device may have, or 304; {@code x-reason} says why.
 */
final class ArduinoUpdate implements DirectHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ArduinoUpdate.class);
    private static final FirmwareSending.Way FOR_NOW =
            new FirmwareSending.Way(false, "The file of this release is not there.");

    private final Offers offers;
    private final FirmwareSending sending;
    private final FirmwareProgress progress;
    private final MacOwners owners;
    private final FirmwareServing.Inquiries inquiries;
    private final Clock clock;

    private sealed interface Answer {
        record Image(Release release) implements Answer {}

        record Nothing(String reason) implements Answer {}

        record Version(String version) implements Answer {}
    }

    private record Asked(String device, Answer answer) {}

    ArduinoUpdate(
            Offers offers,
            FirmwareSending sending,
            FirmwareProgress progress,
            MacOwners owners,
            FirmwareServing.Inquiries inquiries,
            Clock clock) {
        this.offers = offers;
        this.sending = sending;
        this.progress = progress;
        this.owners = owners;
        this.inquiries = inquiries;
        this.clock = clock;
    }

    @Override
    public void handle(RoutingContext context, Question question) {
        ArduinoHeaders headers;
        try {
            headers = ArduinoHeaders.of(context.request()::getHeader)
                    .orElseThrow(() -> Problem.of(
                            ProblemCode.FORBIDDEN,
                            "This address is for the update libraries of Arduino, which send x-ESP8266-STA-MAC or"
                                    + " x-ESP32-STA-MAC. A person downloads a release at the address that"
                                    + " caravan firmware show tells."));
        } catch (Problem problem) {
            context.fail(problem);
            return;
        }
        context.vertx()
                .executeBlocking(() -> decide(headers, question), false)
                .onFailure(context::fail)
                .onSuccess(asked -> answer(context, asked));
    }

    private void answer(RoutingContext context, Asked asked) {
        HttpServerResponse response = context.response();
        if (asked.answer() instanceof Answer.Image image) {
            sending.send(context, image.release(), FOR_NOW, Optional.of(asked.device()));
        } else if (asked.answer() instanceof Answer.Version version) {
            response.putHeader("Content-Length", "0");
            if (!version.version().isEmpty()) {
                response.putHeader("x-version", version.version());
            }
            response.end();
        } else if (asked.answer() instanceof Answer.Nothing nothing) {
            // 204 is an error for an ESP8266.
            response.setStatusCode(304).putHeader("x-reason", header(nothing.reason()));
            response.end();
        }
    }

    private Asked decide(ArduinoHeaders headers, Question question) {
        String device = device(headers, question);
        Inquiry inquiry = headers.inquiry(device, question.text("model").orElse(""), clock.instant());
        inquiries.note(inquiry, "arduino", question.principal().kind() != Principal.Kind.NOBODY);
        return new Asked(device, decide(inquiry, headers));
    }

    private Answer decide(Inquiry inquiry, ArduinoHeaders headers) {
        String device = inquiry.device();
        switch (headers.mode()) {
            case "version" -> {
                return new Answer.Version(
                        offers.meantFor(device).map(Release::version).orElse(headers.version()));
            }
            case "sketch" -> {}
            default -> {
                return new Answer.Nothing("There are images of programs here, none of file systems.");
            }
        }
        Decision decision = offers.decide(inquiry);
        if (decision instanceof Decision.Nothing nothing) {
            return new Answer.Nothing(nothing.reason());
        }
        Release release = ((Decision.Offer) decision).release();
        if (headers.runs(release)) {
            offers.seen(device, release.version(), inquiry.at());
            return new Answer.Nothing("The device runs " + release.version() + " already.");
        }
        Optional<String> obstacle = headers.obstacle(release);
        if (obstacle.isPresent()) {
            LOG.warn(
                    "firmware=not-given device={} version={} reason=\"{}\"", device, release.version(), obstacle.get());
            progress.tell(new UpdateReport(
                    device,
                    release.version(),
                    UpdateReport.Stage.PENDING,
                    OptionalInt.empty(),
                    obstacle.get(),
                    inquiry.at()));
            return new Answer.Nothing(obstacle.get());
        }
        return new Answer.Image(release);
    }

    /** Who asks: who signed in, or who the address says, or whose id ends with the MAC; a device that nobody knows is called by its MAC. */
    private String device(ArduinoHeaders headers, Question question) {
        if (question.principal().kind() == Principal.Kind.DEVICE) {
            return question.principal().name();
        }
        return question.text("device")
                .filter(DeviceId::isValid)
                .or(() -> owners.of(headers.mac()))
                .orElse(headers.mac());
    }

    private static String header(String reason) {
        String plain = Plain.line(reason).replaceAll("[^ -~]", "?");
        return plain.length() > 200 ? plain.substring(0, 200) : plain;
    }
}
