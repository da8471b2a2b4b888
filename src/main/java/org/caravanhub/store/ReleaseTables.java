package org.caravanhub.store;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.ota.Artifact;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.library.Catalogue;
import org.caravanhub.ota.library.Shelf;
import org.caravanhub.ota.library.Texts;

/** Releases of firmware in their table. Safe for use by many threads. */
public final class ReleaseTables implements Catalogue {
    private static final Sql INSERT = Sql.load("firmware/insert-release");
    private static final Sql BY_ID = Sql.load("firmware/select-release");
    private static final Sql BY_NAME = Sql.load("firmware/select-release-of-name");
    private static final Sql BY_KEY = Sql.load("firmware/select-release-of-key");
    private static final Sql OF_VERSION = Sql.load("firmware/select-releases-of-version");
    private static final Sql PAGE = Sql.load("firmware/page-releases");
    private static final Sql PAGE_OF_MODEL = Sql.load("firmware/page-releases-of-model");
    private static final Sql COUNT = Sql.load("firmware/count-releases");
    private static final Sql COUNT_OF_FILE = Sql.load("firmware/count-releases-of-file");
    private static final Sql UPDATE = Sql.load("firmware/update-release");
    private static final Sql DELETE = Sql.load("firmware/delete-release");
    private static final Sql IN_NEED = Sql.load("firmware/select-rollout-in-need");
    private static final int MOST_OF_MODEL = 10_000;
    private static final int KEY_BYTES = 16;

    private final Queries queries;
    private final Changes changes;
    private final Path folder;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * In these tables.
     *
     * @param folder where their files are
     */
    public ReleaseTables(Queries queries, Changes changes, Path folder, Clock clock) {
        this.queries = queries;
        this.changes = changes;
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public Optional<Release> find(long id) {
        return one(BY_ID, new Values().with("id", id));
    }

    @Override
    public Optional<Release> find(String model, String version) {
        return one(BY_NAME, name(model, version));
    }

    @Override
    public Optional<Release> ofKey(String key) {
        return one(BY_KEY, new Values().with("key", key));
    }

    @Override
    public List<Release> ofModel(String model) {
        return page(Optional.of(model), Long.MAX_VALUE, MOST_OF_MODEL);
    }

    @Override
    public List<Release> ofVersion(String version) {
        return queries.all(OF_VERSION, new Values().with("version", version), ReleaseTables::read);
    }

    @Override
    public Path file(Release release) {
        return Shelf.file(folder, release.artifact().sha256());
    }

    @Override
    public List<Release> page(Optional<String> model, long before, int limit) {
        Values values = new Values().with("before", before).with("limit", limit);
        return model.isPresent()
                ? queries.all(PAGE_OF_MODEL, values.with("model", model.get()), ReleaseTables::read)
                : queries.all(PAGE, values, ReleaseTables::read);
    }

    @Override
    public Used used() {
        return queries.all(COUNT, new Values(), row -> new Used(row.getLong("releases"), row.getLong("bytes")))
                .get(0);
    }

    @Override
    public boolean isNeeded(String sha256) {
        return queries.all(COUNT_OF_FILE, new Values().with("sha256", sha256), row -> row.getLong("releases"))
                        .get(0)
                > 0;
    }

    @Override
    public Release insert(Draft draft, By by) {
        Artifact file = draft.artifact();
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return changes.make(change -> {
            Instant now = clock.instant();
            Values values = texts(name(draft.model(), draft.version()), draft.texts())
                    .with("size", file.size())
                    .with("sha256", file.sha256())
                    .with("md5", file.md5())
                    .with("kind", file.kind())
                    .with("chip", file.chip())
                    .with("project", file.project())
                    .with("built_version", file.builtVersion())
                    .with("elf_sha256", file.elfSha256())
                    .with("appended_sha256", file.appendedSha256())
                    .with("key", HexFormat.of().formatHex(key))
                    .with("signed_by", draft.signedBy())
                    .with("uploaded_at", now.toEpochMilli())
                    .with("uploaded_by", by.who());
            long id = change.all(INSERT, values, row -> row.getLong("id")).get(0);
            audit(
                    change,
                    by,
                    draft.model(),
                    draft.version(),
                    "{\"size\":" + file.size() + ",\"sha256\":\"" + file.sha256() + "\",\"signed\":"
                            + !draft.signedBy().isEmpty() + "}");
            return change.all(BY_ID, new Values().with("id", id), ReleaseTables::read)
                    .get(0);
        });
    }

    @Override
    public Optional<Release> edit(
            String model, String version, Optional<String> expected, UnaryOperator<Texts> edit, By by) {
        return changes.make(change -> {
            Optional<Release> before = first(change, model, version);
            if (before.isEmpty()) {
                return before;
            }
            Texts there = Texts.of(before.get());
            if (expected.isPresent() && !expected.get().equals(there.edition())) {
                throw new OtherEdition(there.edition());
            }
            Texts after = edit.apply(there);
            if (after.equals(there)) {
                return before;
            }
            change.run(UPDATE, texts(new Values().with("id", before.get().id()), after));
            audit(change, by, model, version, difference(there, after));
            return first(change, model, version);
        });
    }

    @Override
    public Optional<Release> remove(String model, String version, By by) {
        return changes.make(change -> {
            Optional<Release> there = first(change, model, version);
            if (there.isEmpty()) {
                return there;
            }
            List<String> rollouts = change.all(IN_NEED, name(model, version), row -> row.getString("name"));
            if (!rollouts.isEmpty()) {
                throw new InUse(rollouts.get(0));
            }
            change.run(DELETE, new Values().with("id", there.get().id()));
            audit(
                    change,
                    by,
                    model,
                    version,
                    "{\"sha256\":\"" + there.get().artifact().sha256() + "\"}");
            return there;
        });
    }

    private Optional<Release> one(Sql sql, Values values) {
        return queries.all(sql, values, ReleaseTables::read).stream().findFirst();
    }

    private static Optional<Release> first(Change change, String model, String version) throws SQLException {
        return change.all(BY_NAME, name(model, version), ReleaseTables::read).stream()
                .findFirst();
    }

    private static Values name(String model, String version) {
        return new Values().with("model", model).with("version", version);
    }

    private static Values texts(Values values, Texts texts) {
        return values.with("notes", texts.notes())
                .with("changelog", texts.changelog())
                .with("min_version", texts.minVersion());
    }

    /** What was changed, not what it says: notes can be long. */
    private static String difference(Texts before, Texts after) {
        StringBuilder changed = new StringBuilder();
        name(changed, "notes", !before.notes().equals(after.notes()));
        name(changed, "changelog", !before.changelog().equals(after.changelog()));
        name(changed, "min_version", !before.minVersion().equals(after.minVersion()));
        return "{\"changed\":[" + changed + "]}";
    }

    private static void name(StringBuilder all, String word, boolean isChanged) {
        if (isChanged) {
            all.append(all.isEmpty() ? "" : ",").append('"').append(word).append('"');
        }
    }

    private void audit(Change change, By by, String model, String version, String details) throws SQLException {
        change.audit(
                new AuditEntry(clock.instant(), by.who(), by.action(), "firmware/" + model + "/" + version, details));
    }

    private static Release read(ResultSet row) throws SQLException {
        return new Release(
                row.getLong("id"),
                row.getString("model"),
                row.getString("version"),
                new Artifact(
                        row.getLong("size"),
                        row.getString("sha256"),
                        row.getString("md5"),
                        row.getString("kind"),
                        row.getString("chip"),
                        row.getString("project"),
                        row.getString("built_version"),
                        row.getString("elf_sha256"),
                        row.getString("appended_sha256")),
                row.getString("key"),
                row.getString("notes"),
                row.getString("changelog"),
                row.getString("min_version"),
                row.getString("signed_by"),
                Instant.ofEpochMilli(row.getLong("uploaded_at")),
                row.getString("uploaded_by"));
    }
}
