package org.caravanhub.api;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.caravanhub.device.KnownDevice;
import org.caravanhub.device.Registration;
import org.caravanhub.device.RegistrationDraft;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.store.DeviceBook;
import org.caravanhub.store.Registry;
import org.caravanhub.transfer.DeviceFile;
import org.caravanhub.transfer.Mistakes;

/** {@code import-devices}: a file of devices is taken over, all of it or nothing. */
public final class DeviceImportApi {
    private final DeviceBook devices;
    private final Registry registry;
    private final Clock clock;

    /** Writes by these. */
    public DeviceImportApi(DeviceBook devices, Registry registry, Clock clock) {
        this.devices = devices;
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * Takes it over, or only looks.
     *
     * @throws Problem with every mistake, if there is one: then nothing is changed
     */
    public Answer run(Question question) {
        boolean isDry = question.word("dry_run").equals("true");
        boolean mayUpdate = question.word("on_conflict").equals("update");
        Mistakes mistakes = new Mistakes();
        DeviceFile file = new DeviceFile(Set.copyOf(DeviceCsv.TOLD), mistakes);
        List<DeviceFile.Entry> entries = file.read(question.body());
        refuseIfAny(mistakes);
        Instant now = clock.instant();
        List<Registry.Line> lines = new ArrayList<>();
        for (DeviceFile.Entry entry : entries) {
            Registration.Topics topics = new Registration.Topics(family(entry), "", "");
            lines.add(new Registry.Line(entry.device(), there -> {
                if (there.isPresent() && !mayUpdate) {
                    file.mistake(
                            entry,
                            entry.device()
                                    + " is registered already; say on_conflict=update (caravan device import: --update) to change it");
                }
                if (there.isEmpty()
                        && topics.family().isEmpty()
                        && !entry.fields().containsKey("family")) {
                    file.mistake(entry, entry.device() + " is new, so its family is needed");
                }
                Registration before = there.orElseGet(() -> RegistrationDraft.blank(entry.device(), topics, now));
                return drafted(before, entry.fields(), now);
            }));
        }
        Registry.Imported imported = registry.all(
                lines,
                () -> refuseIfAny(mistakes),
                isDry,
                new Registry.By(question.principal().name(), question.operation()));
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeBooleanField("dry_run", isDry);
            json.writeNumberField("devices", entries.size());
            json.writeNumberField("made", imported.made());
            json.writeNumberField("changed", imported.changed());
            json.writeNumberField("same", imported.same());
            json.writeEndObject();
        });
    }

    /** Of a device that was heard and of which the file does not say it; empty if nobody knows. */
    private String family(DeviceFile.Entry entry) {
        return entry.fields().containsKey("family")
                ? ""
                : devices.find(entry.device()).map(KnownDevice::family).orElse("");
    }

    /** The fields were looked at before. */
    private static Registration drafted(Registration before, Map<String, String> fields, Instant now) {
        RegistrationDraft draft = new RegistrationDraft(before);
        fields.forEach(draft::set);
        return draft.at(now);
    }

    private static void refuseIfAny(Mistakes mistakes) {
        if (mistakes.count() > 0) {
            List<Fault> faults = mistakes.lines().stream()
                    .map(line -> new Fault("", "not_allowed", line, ""))
                    .toList();
            throw new Problem(
                    ProblemCode.MALFORMED_DEVICES,
                    "The file has " + (mistakes.count() == 1 ? "a mistake" : mistakes.count() + " mistakes") + ": "
                            + mistakes.lines().get(0) + ". Nothing was changed.",
                    faults,
                    Map.of());
        }
    }
}
