package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SqlTest {
    @Test
    void aNameUsedTwiceIsBoundTwiceAndQuotedColonsStay() {
        Sql.Text sql = Sql.parse("x", """
                -- what: a comment with a :name
                select ':a', x::text, strftime('%H:%M', at)
                from t where a = :from and b < :from + :step
                """);

        assertThat(sql.text())
                .isEqualTo("select ':a', x::text, strftime('%H:%M', at)\nfrom t where a = ? and b < ? + ?");
        assertThat(sql.parameters()).containsExactly("from", "from", "step");
    }
}
