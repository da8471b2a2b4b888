package org.caravanhub.api;

import java.util.List;
import java.util.Optional;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.backup.Sealing;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Problem;
import org.caravanhub.http.Question;

/** The recovery key of an encrypted backup, which comes in the body of a request and goes nowhere but into memory. */
final class RecoveryKeys {
    private static final String MEMBER = "recovery_key";

    private RecoveryKeys() {}

    /**
     * The key, if this backup needs one.
     *
     * @throws Problem if it needs one and there is none, or what is there is none; without quoting it
     */
    static Optional<String> of(Question question, BackupFile backup) {
        JsonBody body = JsonBody.of(question.body(), List.of(MEMBER));
        body.check();
        if (!backup.isSealed()) {
            return Optional.empty();
        }
        String key = body.word(MEMBER).strip();
        if (!key.startsWith(Sealing.KEY_PREFIX)) {
            throw Problem.parameters(List.of(new Fault(
                    MEMBER,
                    key.isEmpty() ? "missing" : "not_allowed",
                    "The backup is encrypted, and recovery_key must be what is on your paper.",
                    Sealing.KEY_PREFIX + "...")));
        }
        return Optional.of(key);
    }
}
