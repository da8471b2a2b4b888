package org.caravanhub.store;

import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Where a PostgreSQL is, as whom, and how it is talked to: so that a server that is away, or a line that swallows what is sent, is
 * noticed within 15 seconds. Its text names the server and the database, and no secret.
 */
public final class PostgresAddress {
    private static final String BEGINNING = "jdbc:postgresql:";
    private static final String SCHEMA = "caravan";
    private static final int CONNECT_SECONDS = 5;
    private static final int ANSWER_SECONDS = 12;

    /**
     * What was committed must be on the server's disk, whatever the server's own default is. And a connection that the hub has given up
     * must not go on holding its locks: the server cannot know of the hub's end if the line is cut, so it ends what is silent in the
     * middle of a transaction, and looks whether the hub is still there.
     */
    private static final String OPTIONS = "-c synchronous_commit=on -c idle_in_transaction_session_timeout=5s"
            + " -c lock_timeout=5s -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3";

    /**
     * What the writer does is found by keys, a few rows at a time. Its work tables are empty whenever the server samples them, so it could
     * come to expect that going through a whole table once is cheaper.
     */
    private static final String BY_KEYS = " -c enable_hashjoin=off -c enable_mergejoin=off";

    private final Properties properties;

    private PostgresAddress(Properties properties) {
        this.properties = properties;
    }

    /**
     * Reads a JDBC URL.
     *
     * @param url {@code jdbc:postgresql://host:5432/database?user=name}
     * @param user who signs in, if the URL does not say
     * @param password of that user, if the URL does not say
     * @throws IllegalArgumentException if it is no such URL; the message does not repeat it
     */
    public static PostgresAddress of(String url, Optional<String> user, Optional<String> password) {
        Properties given = new Properties();
        user.ifPresent(name -> PGProperty.USER.set(given, name));
        password.ifPresent(secret -> PGProperty.PASSWORD.set(given, secret));
        Properties parsed = url.startsWith(BEGINNING) ? Driver.parseURL(url, given) : null;
        if (parsed == null
                || url.regionMatches(BEGINNING.length(), "//", 0, 2)
                        && url.contains("@")
                        && url.indexOf('@') < endOfHost(url)) {
            throw new IllegalArgumentException("is no address of a PostgreSQL; write"
                    + " jdbc:postgresql://HOST:5432/DATABASE, and name and password in caravan.db.user and"
                    + " caravan.db.password");
        }
        if (PGProperty.USER.getOrDefault(parsed) == null) {
            throw new IllegalArgumentException("does not say who signs in; set caravan.db.user");
        }
        if (!parsed.getProperty(PGProperty.SOCKET_TIMEOUT.getName(), "0").matches("\\d{1,6}")) {
            throw new IllegalArgumentException("has a socketTimeout that is no number of seconds");
        }
        String schema = PGProperty.CURRENT_SCHEMA.getOrDefault(parsed);
        if (schema != null && !schema.matches("[a-z_][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException(
                    "has a currentSchema that is not one name of small letters, digits and _");
        }
        return new PostgresAddress(parsed);
    }

    /** Names and passwords before the host are not understood by the driver, and would become part of the host. */
    private static int endOfHost(String url) {
        int slash = url.indexOf('/', BEGINNING.length() + 2);
        return slash < 0 ? url.length() : slash;
    }

    /** The schema that the tables are in. */
    String schema() {
        String named = PGProperty.CURRENT_SCHEMA.getOrDefault(properties);
        return named == null ? SCHEMA : named;
    }

    /** For a connection of the hub. */
    Properties connection() {
        Properties all = unhurried();
        int given = Integer.parseInt(properties.getProperty(PGProperty.SOCKET_TIMEOUT.getName(), "0"));
        PGProperty.SOCKET_TIMEOUT.set(all, given > 0 && given < ANSWER_SECONDS ? given : ANSWER_SECONDS);
        PGProperty.OPTIONS.set(all, OPTIONS);
        return all;
    }

    /** For the connection that writes. */
    Properties writer() {
        Properties all = connection();
        PGProperty.OPTIONS.set(all, OPTIONS + BY_KEYS);
        return all;
    }

    /** For a connection that may be silent for long, as while tables are changed. */
    Properties unhurried() {
        Properties all = new Properties();
        properties.stringPropertyNames().forEach(name -> all.setProperty(name, properties.getProperty(name)));
        PGProperty.CURRENT_SCHEMA.set(all, schema());
        PGProperty.APPLICATION_NAME.set(all, "caravan");
        PGProperty.CONNECT_TIMEOUT.set(all, CONNECT_SECONDS);
        PGProperty.CANCEL_SIGNAL_TIMEOUT.set(all, 2);
        PGProperty.TCP_KEEP_ALIVE.set(all, true);
        // Details repeat values, and errors go to the log.
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(all, false);
        return all;
    }

    /** The URL for the driver; everything else is in the properties. */
    String url() {
        return BEGINNING + "//" + PGProperty.PG_HOST.getOrDefault(properties) + ":"
                + PGProperty.PG_PORT.getOrDefault(properties) + "/" + PGProperty.PG_DBNAME.getOrDefault(properties);
    }

    @Override
    public String toString() {
        return "PostgreSQL " + url().substring(BEGINNING.length() + 2) + " schema " + schema();
    }
}
