package org.caravanhub.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A flow's SQL has one file. */
class OwnDatabaseTest {
    @TempDir
    Path data;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attach '%s' as other",
                "vacuum into '%s'",
                "backup main to %s",
                "BACKUP to '%s'",
                "restore main from %s",
                " restore from \"%s\""
            })
    void noOtherFileIsReadOrWritten(String sql) throws Exception {
        Path other = data.resolve("caravan.db");
        Files.writeString(other, "not of the flow");
        try (Connection own = OwnDatabase.in(data.resolve("own.db")).getConnection();
                Statement statement = own.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql.formatted(other))).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> statement.execute(sql.formatted(data.resolve("new.db"))))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(other).hasContent("not of the flow");
        assertThat(data.resolve("new.db")).doesNotExist();
    }

    @Test
    void aTableOfOnesOwnIsWrittenAndRead() throws Exception {
        try (Connection own = OwnDatabase.in(data.resolve("own.db")).getConnection();
                Statement statement = own.createStatement()) {
            statement.execute("create table a (b)");
            statement.executeUpdate("insert into a values (7)");
            try (ResultSet rows = statement.executeQuery("select b from a")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(7);
            }
        }
    }
}
