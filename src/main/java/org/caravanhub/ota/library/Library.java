package org.caravanhub.ota.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.caravanhub.ota.Artifact;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.ReleaseName;
import org.caravanhub.ota.image.Image;
import org.caravanhub.ota.library.UploadRefused.Why;
import org.caravanhub.ota.trust.Judge;
import org.caravanhub.ota.trust.Judgement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every file that was published, and its release. The file is on the disk before its row is, and goes after it: a power cut leaves a release
 * whole or not at all, and at most a file that nobody needs, which the next start takes away. Not for an event loop; safe for use by many
 * threads.
 */
public final class Library {
    private static final Logger LOG = LoggerFactory.getLogger(Library.class);
    private static final int PAGE = 500;

    private final Shelf shelf;
    private final Room room;
    private final Judge judge;
    private final Catalogue catalogue;
    /** Every release and the file that it should have; empty until the database could be asked. */
    private final Map<Long, Release> known = new ConcurrentHashMap<>();

    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final Object publishing = new Object();

    /** What is said of a file with which it is to be published. A text that was not said is empty. */
    public record Claim(String model, Optional<String> version, Texts texts, Optional<byte[]> signature) {}

    /**
     * What came of it.
     *
     * @param isNew whether it was not there before
     * @param isVersionOfImage whether its version was read from the file
     * @param remarks sentences for whoever uploaded it; mostly none
     */
    public record Publication(Release release, boolean isNew, boolean isVersionOfImage, List<String> remarks) {}

    /** A library of these parts. */
    public Library(Shelf shelf, Room room, Judge judge, Catalogue catalogue) {
        this.shelf = shelf;
        this.room = room;
        this.judge = judge;
        this.catalogue = catalogue;
    }

    /** How much may come. */
    public Room room() {
        return room;
    }

    /** What there is. */
    public Catalogue catalogue() {
        return catalogue;
    }

    /**
     * Begins to take a file.
     *
     * @param announced how long it will be in bytes, if that was said
     * @throws UploadRefused if it can never fit
     */
    public Arrival begin(OptionalLong announced) throws IOException {
        Room.Share share = room.share(() -> catalogue.used().bytes(), announced);
        try {
            return shelf.begin(share);
        } catch (IOException | RuntimeException e) {
            share.close();
            throw e;
        }
    }

    /**
     * Judges what has arrived and publishes it. What was published under this name stays as it is: the same bytes are harmless, and mend a
     * file that was lost.
     *
     * @throws UploadRefused if it is not taken
     */
    public Publication publish(Arrival arrival, Claim claim, Catalogue.By by) throws IOException {
        Arrival.Content content = arrival.finish();
        if (content.size() == 0) {
            throw new UploadRefused(Why.NOT_ACCEPTED, "The file is empty. Was the build finished?");
        }
        Judgement judgement = judge.judge(
                arrival.file(), new org.caravanhub.ota.trust.Claim(claim.model(), claim.version()), claim.signature());
        if (judgement instanceof Judgement.Refused refused) {
            throw new UploadRefused(Why.NOT_ACCEPTED, refused.reason());
        }
        Judgement.Accepted accepted = (Judgement.Accepted) judgement;
        Image image = accepted.image();
        String version = claim.version().orElseGet(() -> ofImage(accepted.version()));
        Artifact file = new Artifact(
                content.size(),
                content.sha256(),
                content.md5(),
                image.kind().word(),
                image.chip(),
                image.project(),
                image.version(),
                image.elfSha256(),
                image.appendedSha256());
        synchronized (publishing) {
            Optional<Release> there = catalogue.find(claim.model(), version);
            if (there.isPresent()) {
                same(there.get(), arrival, content);
                return new Publication(there.get(), false, claim.version().isEmpty(), accepted.remarks());
            }
            place(arrival, content);
            Release made = catalogue.insert(
                    new Catalogue.Draft(claim.model(), version, file, claim.texts(), accepted.signedBy()), by);
            known.put(made.id(), made);
            LOG.info(
                    "firmware=published model={} version={} size={} sha256={} signed_by=\"{}\" by={}",
                    made.model(),
                    made.version(),
                    content.size(),
                    content.sha256(),
                    made.signedBy(),
                    by.who());
            return new Publication(made, true, claim.version().isEmpty(), accepted.remarks());
        }
    }

    private static String ofImage(String version) {
        if (!ReleaseName.isValid(version)) {
            throw new UploadRefused(
                    Why.NO_VERSION,
                    version.isEmpty()
                            ? "The image does not tell its version. Say which it is: `version`."
                            : "The version that the image tells cannot be one: it has to be " + ReleaseName.RULE
                                    + ". Say which it is: `version`.");
        }
        return version;
    }

    private void same(Release there, Arrival arrival, Arrival.Content content) throws IOException {
        if (!there.artifact().sha256().equals(content.sha256())) {
            throw new UploadRefused(
                    Why.TAKEN,
                    there.model() + " " + there.version() + " is published already, with other content (sha256 "
                            + there.artifact().sha256()
                            + "). What is published never changes: upload this under a new version.");
        }
        place(arrival, content);
    }

    /** A file that is there and whole is left as it is. */
    private void place(Arrival arrival, Arrival.Content content) throws IOException {
        if (!shelf.isWhole(content.sha256(), content.size())) {
            shelf.put(arrival, content.sha256());
        }
        changed.remove(content.sha256());
    }

    /**
     * Takes a release away, and its file if no other release has the same.
     *
     * @return what it was; empty if there is none
     */
    public Optional<Release> remove(String model, String version, Catalogue.By by) throws IOException {
        synchronized (publishing) {
            Optional<Release> gone = catalogue.remove(model, version, by);
            if (gone.isPresent()) {
                known.remove(gone.get().id());
                LOG.info("firmware=removed model={} version={} by={}", model, version, by.who());
                if (!catalogue.isNeeded(gone.get().artifact().sha256())) {
                    shelf.remove(gone.get().artifact().sha256());
                }
            }
            return gone;
        }
    }

    /**
     * At a start, and when the database is there again: takes away what a power cut has left, and looks which files are there. In a database
     * that knows no release no file is taken for superfluous: perhaps it is the wrong one.
     */
    public void begin() {
        synchronized (publishing) {
            Set<String> needed = new HashSet<>();
            known.clear();
            List<Release> page = catalogue.page(Optional.empty(), Long.MAX_VALUE, PAGE);
            while (!page.isEmpty()) {
                for (Release release : page) {
                    known.put(release.id(), release);
                    needed.add(release.artifact().sha256());
                }
                page = page.size() < PAGE
                        ? List.of()
                        : catalogue.page(
                                Optional.empty(), page.get(page.size() - 1).id(), PAGE);
            }
            try {
                int gone = shelf.clear(sha256 -> needed.isEmpty() || needed.contains(sha256));
                if (gone > 0) {
                    LOG.info("firmware=cleared files={} \"what an interrupted upload has left\"", gone);
                }
            } catch (IOException | UncheckedIOException e) {
                LOG.warn("firmware=not-cleared reason=\"{}\"", e.getMessage());
            }
            for (Release release : missing()) {
                LOG.warn(
                        "firmware=missing model={} version={} sha256={} \"upload the same file again\"",
                        release.model(),
                        release.version(),
                        release.artifact().sha256());
            }
        }
    }

    /** Whoever reads a file and finds that it is not what was published says so here; it is told until the same bytes come again. */
    public void isChanged(Release release) {
        if (changed.add(release.artifact().sha256())) {
            LOG.warn(
                    "firmware=changed model={} version={} sha256={} \"it is not served; upload the same file again\"",
                    release.model(),
                    release.version(),
                    release.artifact().sha256());
        }
    }

    /** The releases whose file is not there, is shorter or longer, or was found to be changed. Looks at each file, and reads none. */
    public List<Release> missing() {
        List<Release> missing = new ArrayList<>();
        for (Release release : known.values()) {
            Artifact file = release.artifact();
            if (changed.contains(file.sha256()) || !shelf.has(file.sha256(), file.size())) {
                missing.add(release);
            }
        }
        return missing;
    }

    /** How many releases are known. */
    public int count() {
        return known.size();
    }
}
