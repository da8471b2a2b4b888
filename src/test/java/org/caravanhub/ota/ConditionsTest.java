package org.caravanhub.ota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import org.caravanhub.ota.Conditions.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request for a file depends on. */
final class ConditionsTest {
    private static final String TAG = "\"abc\"";
    private static final Instant MODIFIED = Instant.parse("2026-06-01T12:00:00.250Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "''          | ''            | ''                            | ''                            | GO_ON",
                "\"abc\"       | ''            | ''                            | ''                            | GO_ON",
                "*           | ''            | ''                            | ''                            | GO_ON",
                "\"x\", \"abc\"  | ''            | ''                            | ''                            | GO_ON",
                "\"abd\"       | ''            | ''                            | ''                            | FAILED",
                "W/\"abc\"     | ''            | ''                            | ''                            | FAILED",
                "abc         | ''            | ''                            | ''                            | FAILED",
                "''          | \"abc\"         | ''                            | ''                            | NOT_MODIFIED",
                "''          | W/\"abc\"       | ''                            | ''                            | NOT_MODIFIED",
                "''          | *             | ''                            | ''                            | NOT_MODIFIED",
                "''          | \"ab\"          | Mon, 01 Jun 2026 12:00:00 GMT | ''                            | GO_ON",
                "''          | ''            | Mon, 01 Jun 2026 12:00:00 GMT | ''                            | NOT_MODIFIED",
                "''          | ''            | Mon, 01 Jun 2026 11:59:59 GMT | ''                            | GO_ON",
                "''          | ''            | yesterday                     | ''                            | GO_ON",
                "''          | ''            | ''                            | Mon, 01 Jun 2026 11:59:59 GMT | FAILED",
                "''          | ''            | ''                            | Mon, 01 Jun 2026 12:00:00 GMT | GO_ON",
                "\"abc\"       | ''            | ''                            | Mon, 01 Jun 2026 11:59:59 GMT | GO_ON",
            })
    void theOutcomeFollowsTheStandard(
            String match, String noneMatch, String modifiedSince, String unmodifiedSince, Outcome outcome) {
        assertThat(new Conditions(match, noneMatch, modifiedSince, unmodifiedSince, "").of(TAG, MODIFIED))
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "''                            | true  | true",
                "\"abc\"                         | true  | true",
                "\"abd\"                         | true  | false",
                "W/\"abc\"                       | true  | false",
                "Mon, 01 Jun 2026 12:00:00 GMT | true  | true",
                "Mon, 01 Jun 2026 12:00:01 GMT | true  | false",
                "Mon, 01 Jun 2026 12:00:00 GMT | false | false", // published twice in a second, it would be mixed
                "junk                          | true  | false",
            })
    void aPartIsGivenOfTheSameFileOnly(String range, boolean isForGood, boolean given) {
        assertThat(new Conditions("", "", "", "", range).allowsRange(TAG, MODIFIED, isForGood))
                .isEqualTo(given);
    }

    @Test
    void datesAreEnglishWhereverTheHubIs() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("fi-FI"));
            assertThat(Conditions.date(Instant.parse("2026-09-06T08:05:09.999Z")))
                    .isEqualTo("Sun, 06 Sep 2026 08:05:09 GMT");
        } finally {
            Locale.setDefault(before);
        }
    }
}
