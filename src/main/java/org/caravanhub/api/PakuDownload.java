package org.caravanhub.api;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.caravanhub.http.DirectHandler;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.Releases;
import org.caravanhub.text.Quoted;

/**
 * {@code GET /api/firmware/download/VERSION}, as paku's OTA service had it. Where two models have a version of the same name, nobody gets
 * the other model's firmware: the device says its model, or the registry does, or nothing is handed out.
 */
final class PakuDownload implements DirectHandler {
    /** At this address there may be another file tomorrow. */
    private static final FirmwareSending.Way FOR_NOW = new FirmwareSending.Way(false, "Firmware file not found");

    private final Releases releases;
    private final Function<String, Optional<String>> models;
    private final FirmwareSending sending;

    /** @param models the model of a device, as the registry has it */
    PakuDownload(Releases releases, Function<String, Optional<String>> models, FirmwareSending sending) {
        this.releases = releases;
        this.models = models;
        this.sending = sending;
    }

    @Override
    public void handle(RoutingContext context, Question question) {
        Optional<String> device = FirmwareDownload.device(question);
        context.vertx()
                .executeBlocking(() -> find(question.word("version"), question.text("device_model"), device), false)
                .onFailure(context::fail)
                .onSuccess(release -> sending.send(context, release, FOR_NOW, device));
    }

    private Release find(String version, Optional<String> asked, Optional<String> device) {
        List<Release> candidates = releases.ofVersion(version);
        Optional<String> model = asked.filter(text -> !text.isEmpty());
        if (model.isEmpty() && candidates.size() > 1) {
            model = device.flatMap(models).filter(text -> !text.isEmpty());
        }
        Optional<String> wanted = model;
        List<Release> fitting = candidates.stream()
                .filter(release -> wanted.map(release.model()::equals).orElse(true))
                .toList();
        if (fitting.isEmpty()) {
            throw Problem.of(ProblemCode.NOT_FOUND, "Firmware version not found");
        }
        if (fitting.size() > 1) {
            String names = fitting.stream().map(Release::model).sorted().collect(Collectors.joining(", "));
            throw Problem.of(
                    ProblemCode.CONFLICT,
                    "Version " + Quoted.of(version) + " is there for several models: " + names
                            + ". Add ?device_model= with the one of the device.");
        }
        return fitting.get(0);
    }
}
