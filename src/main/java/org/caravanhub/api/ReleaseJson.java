package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.caravanhub.http.Moment;
import org.caravanhub.ota.Addresses;
import org.caravanhub.ota.Artifact;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.library.Texts;

/** A release as the API tells it. */
final class ReleaseJson {
    private ReleaseJson() {}

    /** Its members, without the braces. */
    static void writeFields(JsonGenerator json, Release release, Addresses addresses) throws IOException {
        Artifact file = release.artifact();
        json.writeStringField("model", release.model());
        json.writeStringField("version", release.version());
        json.writeNumberField("size", file.size());
        json.writeStringField("sha256", file.sha256());
        json.writeStringField("md5", file.md5());
        json.writeStringField("kind", file.kind());
        json.writeStringField("chip", file.chip());
        json.writeStringField("project", file.project());
        json.writeStringField("built_version", file.builtVersion());
        json.writeStringField("elf_sha256", file.elfSha256());
        json.writeStringField("appended_sha256", file.appendedSha256());
        json.writeStringField("notes", release.notes());
        json.writeStringField("changelog", release.changelog());
        json.writeStringField("min_version", release.minVersion());
        json.writeBooleanField("is_signed", !release.signedBy().isEmpty());
        json.writeStringField("signed_by", release.signedBy());
        json.writeStringField("uploaded_at", Moment.text(release.uploadedAt()));
        json.writeStringField("uploaded_by", release.uploadedBy());
        json.writeStringField("download_url", addresses.of(release));
        json.writeStringField("edition", Texts.of(release).edition());
    }
}
