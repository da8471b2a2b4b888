package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.library.Library;
import org.caravanhub.upload.UploadAnswer;

/** What paku's OTA service answers to an upload: 200, whether it was new or not. */
final class PakuUploadAnswer implements UploadAnswer {
    @Override
    public void write(JsonGenerator json, Library.Publication made) throws IOException {
        Release release = made.release();
        json.writeStartObject();
        json.writeStringField("status", "ok");
        json.writeStringField(
                "message",
                made.isNew()
                        ? "Firmware " + release.version() + " uploaded successfully"
                        : "Firmware " + release.version() + " was there already, with the same content");
        json.writeStringField("version", release.version());
        json.writeNumberField("file_size", release.artifact().size());
        json.writeStringField("checksum_sha256", release.artifact().sha256());
        json.writeBooleanField("is_signed", !release.signedBy().isEmpty());
        json.writeEndObject();
    }

    @Override
    public int status(Library.Publication made) {
        return 200;
    }
}
