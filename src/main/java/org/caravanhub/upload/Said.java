package org.caravanhub.upload;

import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanhub.device.OwnersText;
import org.caravanhub.http.Question;
import org.caravanhub.ota.library.Library;
import org.caravanhub.ota.library.Texts;
import org.caravanhub.text.Nearest;
import org.caravanhub.text.Quoted;

/** What is said of a file beside its bytes: in the path, the query, a header, or the fields of a form. Each at one place. */
final class Said {
    static final String MODEL = "model";
    static final String VERSION = "version";
    static final String SIGNATURE = "signature";
    private static final String HEADER = "Firmware-Signature";
    private static final List<String> WORDS = List.of(MODEL, VERSION, "notes", "changelog", "min_version", SIGNATURE);

    private final Map<String, String> words = new HashMap<>();
    private final Map<String, String> places;
    private Optional<byte[]> signature = Optional.empty();

    /** @param names of the words where they are called otherwise */
    Said(Question question, Map<String, String> names) {
        this.places = names;
        for (String word : WORDS) {
            question.text(called(word)).ifPresent(text -> words.put(word, text));
        }
        question.text(HEADER).ifPresent(text -> words.put(SIGNATURE, text));
    }

    private String called(String word) {
        return places.getOrDefault(word, word);
    }

    /** A field of a form says it. */
    void field(String name, String value) {
        if (!WORDS.contains(name)) {
            throw Failures.parameter(
                    Quoted.of(name),
                    "unknown",
                    "There is no field " + Quoted.of(name) + ".",
                    Nearest.to(name, WORDS)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("there are file, " + String.join(", ", WORDS)));
        }
        if (words.put(name, value) != null) {
            throw Failures.parameter(name, "repeated", name + " is there twice.", "say it once");
        }
    }

    /** The signature came as a file. */
    void signature(byte[] bytes) {
        signature = Optional.of(bytes);
    }

    /** All of it, or what is wrong with it. */
    Library.Claim claim() {
        String model = Optional.ofNullable(words.get(MODEL))
                .orElseThrow(() -> Failures.parameter(
                        called(MODEL), "missing", called(MODEL) + " is missing.", "for which devices the image is"));
        Texts texts = new Texts(
                text("notes"), text("changelog"), optional("min_version").orElse(""));
        return new Library.Claim(
                Failures.name(called(MODEL), model), optional(VERSION), texts, signature.or(this::fromText));
    }

    private Optional<String> optional(String word) {
        return Optional.ofNullable(words.get(word))
                .filter(text -> !text.isEmpty())
                .map(text -> Failures.name(called(word), text));
    }

    private String text(String word) {
        String text = words.getOrDefault(word, "").replace("\r\n", "\n").strip();
        OwnersText.flaw(text, Texts.LONGEST, true).ifPresent(flaw -> {
            throw Failures.parameter(called(word), "not_allowed", called(word) + ": " + flaw + ".", "");
        });
        return text;
    }

    private Optional<byte[]> fromText() {
        return Optional.ofNullable(words.get(SIGNATURE))
                .filter(text -> !text.isEmpty())
                .map(text -> {
                    try {
                        return Base64.getMimeDecoder().decode(text);
                    } catch (IllegalArgumentException e) {
                        throw Failures.parameter(
                                SIGNATURE, "wrong_type", "The signature is not base64.", "base64 -w0 firmware.bin.sig");
                    }
                });
    }
}
