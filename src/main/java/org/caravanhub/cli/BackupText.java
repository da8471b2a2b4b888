package org.caravanhub.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.backup.Checked;

/** How backups are shown. */
final class BackupText {
    private BackupText() {}

    /** When it was looked through, or that it is not whole. */
    static Table.Cell verified(Checked.Verdict verdict, Instant now) {
        if (!verdict.trouble().isEmpty()) {
            return Table.Cell.of("broken");
        }
        return verdict.at().map(at -> Ago.cell(at.toString(), now)).orElse(Table.Cell.of("no"));
    }

    /** As members of a JSON object. */
    static Map<String, Object> json(BackupFile backup) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", backup.name());
        json.put("path", backup.path().toString());
        json.put("made_at", backup.madeAt().toString());
        json.put("label", backup.label());
        json.put("bytes", backup.bytes());
        json.put("encrypted", backup.isSealed());
        return json;
    }
}
