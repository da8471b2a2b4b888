package org.caravanhub.api;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravanhub.device.KnownDevice;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Principal;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.ota.Addresses;
import org.caravanhub.ota.Audience;
import org.caravanhub.ota.Decision;
import org.caravanhub.ota.DeviceUpdate;
import org.caravanhub.ota.Figures;
import org.caravanhub.ota.Inquiry;
import org.caravanhub.ota.Offers;
import org.caravanhub.ota.Plan;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.Releases;
import org.caravanhub.ota.Rollout;
import org.caravanhub.ota.Rollouts;
import org.caravanhub.ota.version.VersionOrder;
import org.caravanhub.reading.DeviceId;
import org.caravanhub.store.DeviceBook;
import org.caravanhub.store.Inquiries;
import org.caravanhub.text.Quoted;

/** What there is for whom, as documents: {@code show-firmware-manifest}, {@code show-device-manifest}. */
public final class ManifestApi {
    private static final int MOST_ROLLOUTS = 1000;
    private static final Pattern URL = Pattern.compile("https?://[^\\s<>\"]+");

    private final Library library;
    private final Offers offers;
    private final Inquiries inquiries;
    private final DeviceBook devices;
    private final Clock clock;

    /** What was published, where it is, and who gets it. */
    record Library(Releases releases, Rollouts rollouts, Addresses addresses) {}

    ManifestApi(Library library, Offers offers, Inquiries inquiries, DeviceBook devices, Clock clock) {
        this.library = library;
        this.offers = offers;
        this.inquiries = inquiries;
        this.devices = devices;
        this.clock = clock;
    }

    /** What a device may have, or else what every device may have: a list. */
    public Answer list(Question question) {
        String model = question.text("model").orElse("");
        String current = question.text("current").orElse("");
        Optional<String> device = self(question, question.text("device"));
        List<Release> releases =
                device.isPresent() ? of(device.get(), model, current, isSigned(question)) : ofEverybody(model, current);
        return Answer.json(json -> {
                    json.writeStartArray();
                    for (Release release : releases) {
                        json.writeStartObject();
                        json.writeStringField("model", release.model());
                        json.writeStringField("version", release.version());
                        json.writeStringField("url", library.addresses().of(release));
                        json.writeStringField("sha256", release.artifact().sha256());
                        json.writeStringField("md5", release.artifact().md5());
                        json.writeNumberField("size", release.artifact().size());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                })
                .unlessKnown(question);
    }

    /** What one device should run, as ESPHome and ESP Web Tools read it. */
    public Answer show(Question question) {
        String device = self(question, question.text("id")).orElseThrow();
        String current = question.text("current").orElse("");
        if (!current.isEmpty()) {
            offers.seen(device, current, clock.instant());
        }
        Release release = meantFor(device, current);
        String chip = release.artifact().chip();
        if (chip.isEmpty()) {
            throw Problem.of(
                    ProblemCode.NOT_FOUND,
                    "Version " + Quoted.of(release.version()) + " is meant for " + device
                            + ", and that is no image for an ESP chip: there is no manifest for it.");
        }
        inquiries.note(new Inquiry(device, "", current, "", Set.of(), clock.instant()), "esphome", isSigned(question));
        String path = library.addresses().of(release);
        return Answer.json(json -> {
                    json.writeStartObject();
                    json.writeStringField("name", release.model());
                    json.writeStringField("version", release.version());
                    json.writeArrayFieldStart("builds");
                    json.writeStartObject();
                    json.writeStringField("chipFamily", chip);
                    json.writeObjectFieldStart("ota");
                    json.writeStringField("md5", release.artifact().md5());
                    json.writeStringField("path", path);
                    if (!release.notes().isEmpty()) {
                        json.writeStringField("summary", release.notes());
                    }
                    Matcher page = URL.matcher(release.changelog() + " " + release.notes());
                    if (page.find()) {
                        json.writeStringField("release_url", page.group());
                    }
                    json.writeEndObject();
                    if (isWhole(release)) {
                        json.writeArrayFieldStart("parts");
                        json.writeStartObject();
                        json.writeStringField("path", path);
                        json.writeNumberField("offset", 0);
                        json.writeEndObject();
                        json.writeEndArray();
                    }
                    json.writeEndObject();
                    json.writeEndArray();
                    json.writeEndObject();
                })
                .unlessKnown(question);
    }

    /**
     * Whether a browser can make a new device with this file alone. An ESP8266 runs what is at the beginning of its flash; the image of
     * an ESP32 is nothing without the boot loader and the partitions, which are not in it.
     */
    private static boolean isWhole(Release release) {
        return release.artifact().kind().equals("esp8266");
    }

    private List<Release> of(String device, String model, String current, boolean isSigned) {
        boolean isTold = !current.isEmpty();
        Inquiry inquiry = new Inquiry(device, model, current, "", Set.of(), clock.instant());
        inquiries.note(inquiry, "manifest", isSigned);
        if (isTold) {
            offers.seen(device, current, inquiry.at());
        }
        return offers.decide(inquiry) instanceof Decision.Offer offer ? List.of(offer.release()) : List.of();
    }

    /** Of each model the newest release that goes to every device. */
    private List<Release> ofEverybody(String model, String current) {
        List<Release> releases = new ArrayList<>();
        Set<String> models = new HashSet<>();
        library.rollouts().list(new Rollouts.Filter(model, Optional.empty(), Long.MAX_VALUE, MOST_ROLLOUTS)).stream()
                .map(status -> status.rollout())
                .filter(ManifestApi::isForEverybody)
                .filter(rollout -> models.add(rollout.model()))
                .flatMap(rollout -> library.releases().find(rollout.model(), rollout.version()).stream())
                .filter(release -> isUpdate(release, current))
                .forEach(releases::add);
        return releases;
    }

    private static boolean isForEverybody(Rollout rollout) {
        List<Plan.Ring> rings = rollout.plan().rings();
        boolean isOn = rollout.state() == Rollout.State.RUNNING || rollout.state() == Rollout.State.COMPLETED;
        return isOn
                && rollout.audience() instanceof Audience.All
                && rollout.ring() == rings.size() - 1
                && rings.get(rollout.ring()).group().isEmpty()
                && rollout.percent() == 100
                && rollout.plan().leastCharge().isEmpty()
                && rollout.plan().window().isEmpty()
                && rollout.plan().atOnce().isEmpty();
    }

    private static boolean isUpdate(Release release, String current) {
        return current.isEmpty()
                || (!VersionOrder.couldBe(current, release.version())
                        && !VersionOrder.isOlder(release.version(), current)
                        && !(isOlderThan(current, release.minVersion())));
    }

    private static boolean isOlderThan(String version, String least) {
        return !least.isEmpty() && VersionOrder.isOlder(version, least);
    }

    /** What it should run; what it runs, if nothing else is meant; else the newest that did well on another device. */
    private Release meantFor(String device, String current) {
        return offers.meantFor(device).orElseGet(() -> {
            Optional<KnownDevice> known = devices.find(device);
            String told = inquiries.model(device);
            String model =
                    known.map(KnownDevice::model).filter(is -> !is.isEmpty()).orElse(told);
            String version = Optional.of(current)
                    .filter(is -> !is.isEmpty())
                    .or(() -> known.map(KnownDevice::firmware).filter(is -> !is.isEmpty()))
                    .orElseGet(() -> inquiries.version(device));
            if (!version.isEmpty()) {
                return library.releases()
                        .find(model, version)
                        .orElseThrow(
                                () -> nothing(device, "It runs " + Quoted.of(version) + ", which was never uploaded."));
            }
            return library.rollouts().figures(model).stream()
                    .filter(figures -> figures.counts().of(DeviceUpdate.State.DONE) > 0)
                    .map(Figures::version)
                    .flatMap(done -> library.releases().find(model, done).stream())
                    .findFirst()
                    .orElseThrow(() -> nothing(device, "It never told what it runs."));
        });
    }

    private static Problem nothing(String device, String why) {
        return Problem.of(
                ProblemCode.NOT_FOUND,
                "No firmware is meant for " + device + " now. " + why
                        + " Upload a release for its model, and begin a rollout: caravan rollout start");
    }

    private static boolean isSigned(Question question) {
        return question.principal().kind() != Principal.Kind.NOBODY;
    }

    /** For whom is asked: a device speaks for itself only. */
    private static Optional<String> self(Question question, Optional<String> named) {
        Principal principal = question.principal();
        boolean isDevice = principal.kind() == Principal.Kind.DEVICE;
        if (isDevice && !named.orElse(principal.name()).equals(principal.name())) {
            throw Problem.of(
                    ProblemCode.FORBIDDEN,
                    "The credential is that of " + principal.name() + ", which speaks for itself only.");
        }
        if (named.isPresent() && !DeviceId.isValid(named.get())) {
            throw Problem.notFound("device", named.get());
        }
        return isDevice ? Optional.of(principal.name()) : named;
    }
}
