package org.caravanhub.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Archives that are no backups. */
final class OtherArchives {
    private OtherArchives() {}

    /** One that says its only file has so many bytes; there are at most a million in it. */
    static byte[] tarOf(String name, long bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        GZIPOutputStream gzip = new GZIPOutputStream(out);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes);
        tar.putArchiveEntry(entry);
        tar.write(new byte[(int) Math.min(bytes, 1_000_000)]);
        tar.flush();
        gzip.finish();
        return out.toByteArray();
    }
}
