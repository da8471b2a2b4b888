package org.caravanhub.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.caravanhub.backup.Manifest.DatabaseFacts;
import org.caravanhub.backup.Manifest.Entry;
import org.caravanhub.text.Quoted;

/** Writes and reads manifests. What it reads may be anybody's. */
final class ManifestJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern MODE = Pattern.compile("[r-][w-][x-][r-][w-][x-][r-][w-][x-]");

    private ManifestJson() {}

    static byte[] bytes(Manifest manifest) {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", Manifest.FORMAT);
        json.put("made_at", manifest.madeAt().toString());
        json.put("host", manifest.host());
        json.put("program", manifest.program());
        json.put("label", manifest.label());
        ObjectNode database = json.putObject("database");
        database.put("kind", manifest.database().kind());
        database.put("path", manifest.database().path());
        database.put("schema", manifest.database().schema());
        ObjectNode rows = database.putObject("rows");
        manifest.database().rows().forEach(rows::put);
        ArrayNode files = json.putArray("files");
        for (Entry entry : manifest.files()) {
            files.addObject()
                    .put("path", entry.path())
                    .put("bytes", entry.bytes())
                    .put("sha256", entry.sha256())
                    .put("mode", entry.mode());
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws BrokenBackup if it is none, or of a newer program */
    static Manifest read(byte[] bytes) throws BrokenBackup {
        JsonNode json;
        try {
            json = JSON.readTree(bytes);
        } catch (IOException e) {
            throw new BrokenBackup("its manifest cannot be read: " + Quoted.of(String.valueOf(e.getMessage())));
        }
        if (json == null || !json.path("format").isInt()) {
            throw new BrokenBackup("its manifest does not say of which form it is");
        }
        if (json.path("format").intValue() > Manifest.FORMAT) {
            throw new BrokenBackup("it was made by a newer Caravan, "
                    + Quoted.of(json.path("program").asText()) + "; update this one first");
        }
        try {
            return new Manifest(
                    Instant.parse(text(json, "made_at")),
                    text(json, "host"),
                    text(json, "program"),
                    text(json, "label"),
                    database(json.path("database")),
                    files(json.path("files")));
        } catch (DateTimeException e) {
            throw new BrokenBackup("its manifest says of no moment that it was made at it");
        }
    }

    private static DatabaseFacts database(JsonNode json) throws BrokenBackup {
        SortedMap<String, Long> rows = new TreeMap<>();
        json.path("rows")
                .properties()
                .forEach(each -> rows.put(each.getKey(), each.getValue().asLong(-1)));
        return new DatabaseFacts(
                text(json, "kind"), text(json, "path"), json.path("schema").asInt(-1), rows);
    }

    private static List<Entry> files(JsonNode json) throws BrokenBackup {
        if (!json.isArray() || json.isEmpty() || json.size() > Manifest.MOST_FILES) {
            throw new BrokenBackup("its manifest names no files, or more than " + Manifest.MOST_FILES);
        }
        List<Entry> files = new ArrayList<>(json.size());
        for (JsonNode each : json) {
            Entry entry = new Entry(
                    text(each, "path"), each.path("bytes").asLong(-1), text(each, "sha256"), text(each, "mode"));
            if (!Places.isSafe(entry.path())) {
                throw new BrokenBackup(
                        "its manifest names " + Quoted.of(entry.path()) + ", which is no place in a backup");
            }
            if (entry.bytes() < 0 || !isMatch(DIGEST, entry.sha256()) || !isMatch(MODE, entry.mode())) {
                throw new BrokenBackup("its manifest says nothing sensible of " + Quoted.of(entry.path()));
            }
            files.add(entry);
        }
        return files;
    }

    private static boolean isMatch(Pattern pattern, String text) {
        return pattern.matcher(text).matches();
    }

    private static String text(JsonNode json, String name) throws BrokenBackup {
        JsonNode value = json.path(name);
        if (!value.isTextual()) {
            throw new BrokenBackup("its manifest has no " + name);
        }
        return value.textValue();
    }
}
