package org.caravanhub.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.postgresql.PGProperty;

/** PostgreSQL's own programs for copies. The password is in their environment, which other users cannot read, and not among their words. */
final class PostgresTools {
    private static final int MOST_COMPLAINTS = 2000;

    private final Properties where;

    PostgresTools(PostgresAddress address) {
        this.where = address.unhurried();
    }

    /** Lines that a program writes. */
    interface Lines {
        void read(BufferedReader lines) throws IOException;
    }

    /**
     * Runs one to its end.
     *
     * @throws IOException with what it complained of, if it failed or is not installed
     */
    void run(List<String> command, Lines output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        // Settings may stand there, and secrets.
        environment.keySet().removeIf(name -> name.startsWith("CARAVAN_"));
        set(environment, "PGHOST", PGProperty.PG_HOST);
        set(environment, "PGPORT", PGProperty.PG_PORT);
        set(environment, "PGDATABASE", PGProperty.PG_DBNAME);
        set(environment, "PGUSER", PGProperty.USER);
        set(environment, "PGPASSWORD", PGProperty.PASSWORD);
        set(environment, "PGSSLMODE", PGProperty.SSL_MODE);
        environment.put("PGCONNECT_TIMEOUT", "10");
        environment.put("LC_ALL", "C.UTF-8");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IOException(command.get(0) + " is not installed: sudo apt-get install postgresql-client", e);
        }
        StringBuilder complaints = new StringBuilder();
        Thread listener = new Thread(() -> listen(process, complaints), command.get(0));
        listener.setDaemon(true);
        listener.start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8), 1 << 16)) {
            process.getOutputStream().close();
            output.read(lines);
            int code = process.waitFor();
            listener.join();
            if (code != 0) {
                throw new IOException(
                        command.get(0) + " failed: " + complaints.toString().strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command.get(0) + " was interrupted", e);
        } finally {
            process.destroy();
        }
    }

    /** The same for one that writes nothing that matters. */
    void run(List<String> command) throws IOException {
        run(command, lines -> {
            while (lines.readLine() != null) {
                // It is only let go on.
            }
        });
    }

    private static void listen(Process process, StringBuilder complaints) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (complaints.length() < MOST_COMPLAINTS) {
                    complaints.append(line).append(' ');
                }
            }
        } catch (IOException e) {
            complaints.append(e.getMessage());
        }
    }

    private void set(Map<String, String> environment, String name, PGProperty property) {
        String value = property.getOrDefault(where);
        if (value != null) {
            environment.put(name, value);
        } else {
            environment.remove(name);
        }
    }

    static List<String> command(String program, String... words) {
        List<String> all = new ArrayList<>(List.of(program));
        all.addAll(List.of(words));
        return all;
    }
}
