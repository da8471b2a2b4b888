package org.caravanhub.cli;

import java.io.Console;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import org.caravanhub.transfer.Mistakes;
import org.caravanhub.transfer.PakuReadings;
import org.caravanhub.transfer.Readings;
import org.caravanhub.transfer.Unreadable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code caravan import paku}. */
@Command(
        name = "paku",
        description = {
            "Import the measurements of paku-iot out of its PostgreSQL, and those of its power stations. Nothing is changed there.",
            "The password is taken from PGPASSWORD, or asked for. What is there already is only counted; rows that cannot be readings are"
                    + " told and left out.",
            "Example: caravan import paku --from jdbc:postgresql://192.168.1.20/paku --user paku --until 2026-06-01"
        })
final class ImportPaku implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final Importing importing = new Importing();

    @Option(
            names = "--from",
            required = true,
            paramLabel = "URL",
            description = "The database: jdbc:postgresql://HOST/DATABASE")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String from;

    @Option(names = "--user", paramLabel = "USER", description = "Who connects. Also PGUSER.")
    private @Nullable String user;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            converter = When.class,
            description = "Only what was measured at or after: 2026-06-01, 2026-06-01T12:00:00Z, 7d.")
    private When.@Nullable Moment since;

    @Option(
            names = "--until",
            paramLabel = "WHEN",
            converter = When.class,
            description = "Only what was measured before, for example when this hub began to listen.")
    private When.@Nullable Moment until;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    ImportPaku(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        String url = from.startsWith("postgresql://") ? "jdbc:" + from : from;
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "\"" + Plain.line(from) + "\" is not of the form jdbc:postgresql://HOST/DATABASE");
        }
        if (url.contains("password=") || url.matches("jdbc:postgresql://[^/]*@.*")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "everybody on this machine can read a password in a command; set PGPASSWORD, or be asked for it");
        }
        Mistakes mistakes = new Mistakes();
        try (Readings readings = PakuReadings.open(
                url,
                user != null ? user : here.environment().getOrDefault("PGUSER", ""),
                password(),
                since == null ? null : since.at(here.clock()),
                until == null ? null : until.at(here.clock()),
                mistakes)) {
            return importing.rows(readings, mistakes, here);
        } catch (Unreadable e) {
            throw new CommandFailed(ExitCode.FAILED, Plain.line(String.valueOf(e.getMessage())), e.next());
        }
    }

    /** Empty if there is nobody to ask; then PostgreSQL decides whether it needs one. */
    private String password() {
        String given = here.environment().get("PGPASSWORD");
        if (given != null) {
            return given;
        }
        Console console = here.errTerminal() ? System.console() : null;
        char[] typed = console == null ? null : console.readPassword("Password for PostgreSQL (empty for none): ");
        return typed == null ? "" : new String(typed);
    }
}
