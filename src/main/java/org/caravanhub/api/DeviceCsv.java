package org.caravanhub.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravanhub.device.Device;
import org.caravanhub.device.KnownDevice;
import org.caravanhub.device.Registration;
import org.caravanhub.device.RegistrationDraft;
import org.caravanhub.http.Moment;
import org.caravanhub.text.CsvCell;

/** Devices as a file: what the owner wrote, which can be read back, and behind it what the hub knows, which is left out then. No secrets. */
final class DeviceCsv {
    /** What the hub knows by itself. */
    static final List<String> TOLD = List.of("state", "firmware", "is_registered", "first_seen_at", "last_seen_at");

    private static final String END = "\r\n";

    private DeviceCsv() {}

    static String head() {
        List<String> columns = new ArrayList<>(List.of("id"));
        columns.addAll(RegistrationDraft.FIELDS);
        columns.addAll(TOLD);
        return String.join(",", columns) + END;
    }

    static void append(KnownDevice device, String state, StringBuilder text) {
        Optional<Registration> owner = device.registration();
        List<String> cells = List.of(
                device.id(),
                device.family(),
                owner.map(known -> known.topics().site()).orElse(""),
                owner.map(known -> known.topics().system()).orElse(""),
                owner.map(Registration::model).orElse(device.toldModel()),
                owner.map(Registration::name).orElse(""),
                owner.map(Registration::group).orElse(""),
                owner.map(known -> String.join(RegistrationDraft.BETWEEN_TAGS, known.tags()))
                        .orElse(""),
                owner.map(Registration::location).orElse(""),
                owner.map(Registration::notes).orElse(""),
                owner.flatMap(Registration::interval)
                        .map(interval -> Long.toString(interval.toMillis()))
                        .orElse(""),
                Boolean.toString(device.isDisabled()),
                state,
                device.firmware(),
                Boolean.toString(owner.isPresent()),
                device.heard().map(Device::firstSeen).map(Moment::text).orElse(""),
                device.heard().map(Device::lastSeen).map(Moment::text).orElse(""));
        for (int i = 0; i < cells.size(); i++) {
            text.append(i == 0 ? "" : ",").append(CsvCell.ofText(cells.get(i)));
        }
        text.append(END);
    }
}
