package org.caravanhub.upload;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.caravanhub.ota.library.Library;

/** What an upload that was taken is answered. */
@FunctionalInterface
public interface UploadAnswer {
    /** Writes all of the JSON. */
    void write(JsonGenerator json, Library.Publication made) throws IOException;

    /** The status of HTTP. */
    default int status(Library.Publication made) {
        return made.isNew() ? 201 : 200;
    }
}
