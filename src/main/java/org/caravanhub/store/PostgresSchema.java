package org.caravanhub.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which shape the tables in a PostgreSQL have, and how they get from an older one to today's. */
final class PostgresSchema {
    /** The number of the newest file in {@code db/postgres}. */
    static final int NEWEST = 15;

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSchema.class);
    private static final int OLDEST = 15;

    private PostgresSchema() {}

    /**
     * Runs the migrations that are missing; of two hubs that do so at once, one waits for the other.
     *
     * @throws SQLException if it is away
     * @throws UnusableDatabase if it is there and cannot be used as it is
     */
    static void bringUpToDate(PostgresAddress address) throws SQLException {
        int version;
        try (Connection connection = DriverManager.getConnection(address.url(), address.connection())) {
            checkServer(address, connection.getMetaData());
            version = look(connection);
        }
        if (version > NEWEST) {
            throw new UnusableDatabase(
                    address.toString(),
                    "it was made by a newer Caravan (schema " + version + ", this one knows up to " + NEWEST + ")",
                    "Start the newer Caravan, or name another schema with ?currentSchema=.");
        }
        if (version < NEWEST) {
            migrate(address);
            LOG.info("database=\"{}\" schema={} was={}", address, NEWEST, version);
        }
    }

    private static void checkServer(PostgresAddress address, java.sql.DatabaseMetaData server) throws SQLException {
        if (server.getDatabaseMajorVersion() < OLDEST) {
            throw new UnusableDatabase(
                    address.toString(),
                    "the server is version " + server.getDatabaseProductVersion() + ", and " + OLDEST
                            + " is the oldest that Caravan works with",
                    "Upgrade the server, or leave caravan.db.url empty to keep everything in SQLite.");
        }
    }

    /** The schema's number, 0 if there is none yet. */
    private static int look(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet table = statement.executeQuery("select to_regclass('flyway_schema_history')")) {
                table.next();
                if (table.getString(1) == null) {
                    return 0;
                }
            }
            try (ResultSet version = statement.executeQuery(
                    "select max(cast(version as integer)) from flyway_schema_history where success and version is not null")) {
                version.next();
                return version.getInt(1);
            }
        }
    }

    private static Map<String, String> map(Properties properties) {
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    private static void migrate(PostgresAddress address) throws SQLException {
        try {
            Flyway.configure()
                    .dataSource(address.url(), null, null)
                    .jdbcProperties(map(address.unhurried()))
                    .schemas(address.schema())
                    .locations("classpath:db/postgres")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            if (e.getMessage() != null && e.getMessage().contains("non-empty schema")) {
                throw new UnusableDatabase(
                        address.toString(),
                        "the schema has tables of another program",
                        "Name another schema with ?currentSchema=NAME in caravan.db.url; without it, \"caravan\" is taken.",
                        e);
            }
            if (e.getCause() instanceof SQLException sql) {
                throw sql;
            }
            throw new SQLException(e.getMessage(), e);
        }
    }
}
