package org.caravanhub.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotedTest {
    private static final String HOSTILE = "\u202e\u0007\n\u2028\"";

    @Test
    void foreignTextIsOneHarmlessLineInQuotes() {
        assertThat(Quoted.of(HOSTILE + "x".repeat(100)))
                .isEqualTo("\"\\u202e\\u0007\\u000a\\u2028\\\"" + "x".repeat(55) + "…\"");
    }

    @Test
    void aTopicIsShownLongEnoughToFindItAgain() {
        assertThat(Quoted.atLength("t".repeat(200))).isEqualTo("\"" + "t".repeat(200) + "\"");
        assertThat(Quoted.atLength("t".repeat(201))).isEqualTo("\"" + "t".repeat(200) + "…\"");
    }

    @Test
    void aWholeLineKeepsItsQuotationMarksAndHalfACharacterIsShownAsItsNumber() {
        assertThat(Plain.line("say \"\ud83d\ude90\" \ud83d")).isEqualTo("say \"\ud83d\ude90\" \\ud83d");
    }
}
