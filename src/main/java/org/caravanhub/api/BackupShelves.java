package org.caravanhub.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.backup.Shelf;
import org.caravanhub.http.Problem;

/** The places where backups are: this disk, and the second one when it is there. A name never becomes a path; it is looked for. */
final class BackupShelves {
    private final Shelf disk;
    private final Supplier<Optional<Shelf>> second;

    /** @param second looks each time whether it is there */
    BackupShelves(Shelf disk, Supplier<Optional<Shelf>> second) {
        this.disk = disk;
        this.second = second;
    }

    /**
     * One of them.
     *
     * @param place {@code disk} or {@code second}
     */
    record Placed(BackupFile file, String place, Shelf shelf) {}

    Shelf disk() {
        return disk;
    }

    /** All, those on this disk first, the newest first. */
    List<Placed> all() throws IOException {
        List<Placed> all = new ArrayList<>();
        disk.all().forEach(file -> all.add(new Placed(file, "disk", disk)));
        Optional<Shelf> other = second.get();
        if (other.isPresent()) {
            other.get().all().forEach(file -> all.add(new Placed(file, "second", other.get())));
        }
        return all;
    }

    /**
     * The one of this name, from this disk if it is there.
     *
     * @throws Problem if there is none
     */
    Placed find(String name) throws IOException {
        return all().stream()
                .filter(each -> each.file().name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("backup", name));
    }
}
