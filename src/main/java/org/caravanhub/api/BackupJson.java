package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.backup.Checked;
import org.caravanhub.backup.Contents;
import org.caravanhub.backup.Difference;
import org.caravanhub.backup.Drill;
import org.caravanhub.backup.Manifest;
import org.caravanhub.backup.RestoreReport;
import org.caravanhub.backup.SettingsDifference;
import org.caravanhub.http.Moment;

/** How backups, and what they would change, are written. */
final class BackupJson {
    /** More files are counted, and not named. */
    private static final int MOST_FILES = 200;

    private BackupJson() {}

    static void writeFields(
            JsonGenerator json,
            BackupFile backup,
            String place,
            Checked.Verdict verdict,
            Optional<Contents.Summary> contents)
            throws IOException {
        json.writeStringField("name", backup.name());
        json.writeStringField("made_at", Moment.text(backup.madeAt()));
        json.writeStringField("label", backup.label());
        json.writeNumberField("bytes", backup.bytes());
        json.writeStringField("place", place);
        json.writeBooleanField("encrypted", backup.isSealed());
        json.writeStringField(
                "verified_at",
                verdict.isWhole() ? verdict.at().map(Moment::text).orElse(null) : null);
        json.writeStringField("trouble", verdict.trouble().isEmpty() ? null : verdict.trouble());
        json.writeFieldName("contents");
        JobJson.writeValue(json, contents.map(BackupJson::summary).orElse(null));
    }

    private static Map<String, Object> summary(Contents.Summary contents) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("host", contents.host());
        members.put("program", contents.program());
        members.put("files", contents.files());
        members.put("bytes", contents.bytes());
        members.put("schema", contents.schema());
        members.put("readings", contents.readings());
        return members;
    }

    static void write(JsonGenerator json, Manifest manifest) throws IOException {
        json.writeStartObject();
        json.writeStringField("made_at", Moment.text(manifest.madeAt()));
        json.writeStringField("host", manifest.host());
        json.writeStringField("program", manifest.program());
        json.writeStringField("label", manifest.label());
        json.writeNumberField("bytes", manifest.bytes());
        json.writeObjectFieldStart("database");
        json.writeStringField("kind", manifest.database().kind());
        json.writeNumberField("schema", manifest.database().schema());
        json.writeFieldName("rows");
        JobJson.writeValue(json, manifest.database().rows());
        json.writeEndObject();
        json.writeArrayFieldStart("files");
        for (Manifest.Entry file : manifest.files()) {
            json.writeStartObject();
            json.writeStringField("path", file.path());
            json.writeNumberField("bytes", file.bytes());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static void write(JsonGenerator json, Drill.Result drill) throws IOException {
        json.writeStartObject();
        json.writeStringField("at", Moment.text(drill.at()));
        json.writeStringField("backup", drill.backup());
        json.writeBooleanField("well", drill.isWell());
        json.writeStringField("trouble", drill.isWell() ? null : drill.trouble());
        json.writeEndObject();
    }

    static void write(JsonGenerator json, RestoreReport restore) throws IOException {
        json.writeStartObject();
        json.writeStringField("job", restore.job());
        json.writeStringField("backup", restore.backup());
        json.writeStringField("at", Moment.text(restore.at()));
        json.writeStringField("ended_at", restore.endedAt().map(Moment::text).orElse(null));
        json.writeStringField("state", restore.state().word());
        json.writeStringField("why", restore.why().isEmpty() ? null : restore.why());
        json.writeStringField("saved", restore.saved().isEmpty() ? null : restore.saved());
        json.writeNumberField("tables", restore.changes().tables());
        json.writeNumberField("files", restore.changes().files());
        json.writeArrayFieldStart("left");
        for (Map.Entry<String, String> left : new TreeMap<>(restore.left()).entrySet()) {
            json.writeStartObject();
            json.writeStringField("path", left.getKey());
            json.writeStringField("from", left.getValue());
            json.writeStringField("command", RestoreReport.command(left.getValue(), left.getKey()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** What a restore would change, as the result of the job that has found it. */
    static Map<String, Object> preview(Manifest manifest, Difference difference, List<SettingsDifference> settings) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("made_at", manifest.madeAt());
        members.put("host", manifest.host());
        members.put("program", manifest.program());
        members.put("label", manifest.label());
        members.put("rows", difference.rows().stream().map(BackupJson::rows).toList());
        members.put("files_changed", difference.files().size());
        members.put(
                "files",
                difference.files().stream()
                        .limit(MOST_FILES)
                        .map(BackupJson::file)
                        .toList());
        members.put("settings", settings.stream().map(BackupJson::keys).toList());
        return members;
    }

    /** A table that is only in one of both has no number in the other. */
    private static Map<String, Object> rows(Difference.Rows rows) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("table", rows.table());
        if (rows.now() >= 0) {
            members.put("now", rows.now());
        }
        if (rows.then() >= 0) {
            members.put("then", rows.then());
        }
        return members;
    }

    private static Map<String, Object> file(Difference.File file) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("path", file.path());
        members.put("change", file.kind().name().toLowerCase(java.util.Locale.ROOT));
        return members;
    }

    private static Map<String, Object> keys(SettingsDifference settings) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("path", settings.path());
        members.put("added", settings.added());
        members.put("changed", settings.changed());
        members.put("removed", settings.removed());
        return members;
    }
}
