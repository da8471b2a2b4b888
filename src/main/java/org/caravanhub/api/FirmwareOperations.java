package org.caravanhub.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.caravanhub.http.HttpEdge;
import org.caravanhub.ota.Addresses;
import org.caravanhub.ota.Releases;
import org.caravanhub.ota.library.Library;
import org.caravanhub.ota.library.Room;
import org.caravanhub.ota.library.Shelf;
import org.caravanhub.ota.trust.Judge;
import org.caravanhub.ota.trust.TrustBook;
import org.caravanhub.store.ReleaseTables;
import org.caravanhub.upload.Desk;
import org.caravanhub.upload.FormUpload;
import org.caravanhub.upload.RawUpload;
import org.caravanhub.upload.UploadAnswer;

/** The library of firmware: its files and rows, and the names by which the API calls it. */
public final class FirmwareOperations implements AutoCloseable {
    /** What paku's OTA service calls what we call otherwise. */
    private static final Map<String, String> PAKU = Map.of("model", "device_model", "notes", "release_notes");

    private final ReleaseTables releases;
    private final Library library;
    private final Addresses addresses;
    private final Desk desk;

    /**
     * What is configured.
     *
     * @param folder where the files are
     * @param most how large one file may be, in bytes
     * @param budget how large all may be together, in bytes
     * @param url what stands before the path of a file; empty for the hub itself
     * @param patience how long an upload may stand still
     */
    public record Limits(Path folder, long most, long budget, String url, Duration patience) {}

    /**
     * A library that is not known to the API yet.
     *
     * @param trust whose signatures count
     */
    public FirmwareOperations(ReleaseTables releases, Limits limits, TrustBook trust) {
        this.releases = releases;
        this.addresses = new Addresses(limits.url());
        Path existing = limits.folder().toAbsolutePath().getParent();
        this.library = new Library(
                new Shelf(limits.folder()),
                new Room(limits.most(), limits.budget(), Room.Disk.of(existing == null ? limits.folder() : existing)),
                new Judge(trust, model -> chips(releases, model)),
                releases);
        this.desk = new Desk(library, limits.patience());
    }

    private static Set<String> chips(Releases releases, String model) {
        return releases.ofModel(model).stream()
                .map(release ->
                        Judge.chip(release.artifact().kind(), release.artifact().chip()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Binds it; before the routes are loaded and before the edge listens. */
    public void bindTo(CamelContext camel, HttpEdge http) {
        camel.getRegistry().bind("firmwareApi", new FirmwareApi(library, addresses));
        UploadAnswer ours = (json, made) -> {
            json.writeStartObject();
            ReleaseJson.writeFields(json, made.release(), addresses);
            json.writeBooleanField("is_new", made.isNew());
            json.writeStringField("version_from", made.isVersionOfImage() ? "image" : "request");
            json.writeArrayFieldStart("remarks");
            for (String remark : made.remarks()) {
                json.writeString(remark);
            }
            json.writeEndArray();
            json.writeEndObject();
        };
        http.answer("FirmwareUpload", new RawUpload(desk, ours));
        http.answer("FirmwareForm", new FormUpload(desk, ours, Map.of(), true));
        http.answer("PakuFirmwareForm", new FormUpload(desk, new PakuUploadAnswer(), PAKU, false));
    }

    /** Every release there is. */
    public ReleaseTables releases() {
        return releases;
    }

    /** Their files. */
    public Library library() {
        return library;
    }

    /** Where devices fetch them. */
    public Addresses addresses() {
        return addresses;
    }

    /** What is arriving is given up. */
    @Override
    public void close() {
        desk.close();
    }
}
