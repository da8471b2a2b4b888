package org.caravanhub.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.caravanhub.backup.BackupFile;

/** How backups are shown. */
final class BackupText {
    private BackupText() {}

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
