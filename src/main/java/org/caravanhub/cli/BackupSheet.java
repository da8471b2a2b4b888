package org.caravanhub.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.caravanhub.BackupWiring;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.backup.FolderPlace;
import org.caravanhub.backup.SecondPlace;
import org.caravanhub.backup.SftpAddress;
import org.caravanhub.backup.SftpPlace;
import org.caravanhub.cli.RecoverySheet.Fact;
import org.caravanhub.cli.RecoverySheet.Step;
import org.caravanhub.settings.DataFolder;
import org.caravanhub.settings.LanAddresses;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan backup sheet}. */
@Command(
        name = "sheet",
        description = {
            "Write a page to print and to keep elsewhere: where the backups are, and what to type on an empty machine.",
            "No secret is on it; for the recovery key and passwords there are lines to write on."
        })
final class BackupSheet implements Callable<Integer> {
    private static final String INSTALLED = "/var/lib/caravan";

    private final Surroundings here;

    @Mixin
    private HubFolders options = new HubFolders();

    @Option(names = "--html", description = "As a page for a browser, which prints on one sheet of A4.")
    private boolean html;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write it into a file.")
    @Nullable
    private Path output;

    BackupSheet(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        RecoverySheet sheet = sheet();
        String page = html ? sheet.html() : sheet.text();
        if (output == null) {
            here.out().print(page);
        } else {
            Files.writeString(output, page);
            here.err().println("Written to " + output + ". Print it, and keep it where the hub is not.");
        }
        return ExitCode.OK;
    }

    private RecoverySheet sheet() throws IOException {
        Settings settings = options.settings(here);
        BackupWiring wiring = options.wiring(here);
        Path data = settings.data().toAbsolutePath().normalize();
        Optional<BackupFile> newest = wiring.shelf().newest();
        Optional<SecondPlace> second = wiring.second();
        Optional<String> recipient = settings.optional(Setting.BACKUP_RECIPIENT);
        LocalDate today = LocalDate.ofInstant(here.clock().instant(), ZoneId.systemDefault());
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Hub", wiring.host() + ", Caravan " + Version.ofProgram()));
        facts.add(new Fact("Addresses", addresses(settings)));
        facts.add(new Fact(
                "Data",
                data
                        + settings.optional(Setting.DB_URL)
                                .map(url -> ", PostgreSQL")
                                .orElse("")));
        facts.add(new Fact(
                "Backups", wiring.shelf().folder().toAbsolutePath().normalize().toString()));
        facts.add(new Fact("Second place", second.map(SecondPlace::where).orElse("none: they die with this disk")));
        facts.add(new Fact("Made", "each night at 02:30, and if the hub is down at 04:30"));
        facts.add(new Fact(
                "Newest",
                newest.map(file -> file.name() + ", " + BackupProgress.size(file.bytes()))
                        .orElse("none yet")));
        if (newest.isPresent()) {
            facts.add(new Fact("its SHA-256", newest.get().sha256()));
        }
        facts.add(new Fact("Encrypted for", recipient.orElse("nobody: whoever has a backup can read it")));
        facts.add(new Fact("As of", today.toString()));
        List<String> blanks = new ArrayList<>();
        recipient.ifPresent(key -> blanks.add("Recovery key"));
        blanks.addAll(List.of("Password of the pages", "SSH: user and password", "Where backups are, too"));
        return new RecoverySheet(
                "Recovery sheet of the hub " + wiring.host(),
                facts,
                blanks,
                steps(data, newest, second, recipient.isPresent()),
                notes(second, recipient.isPresent()));
    }

    private String addresses(Settings settings) {
        String lan = LanAddresses.ofMachine().stream()
                .map(LanAddresses.Address::host)
                .collect(Collectors.joining(", "));
        return (lan.isEmpty() ? "this machine" : lan) + "; pages and API port "
                + DataFolder.httpPort(settings.data())
                        .map(Integer::longValue)
                        .orElseGet(() -> settings.number(Setting.HTTP_PORT))
                + ", MQTT "
                + settings.optional(Setting.MQTT_URL).orElseGet(() -> "port " + settings.number(Setting.MQTT_PORT));
    }

    private static List<Step> steps(
            Path data, Optional<BackupFile> newest, Optional<SecondPlace> second, boolean isSealed) {
        boolean isService = data.toString().equals(INSTALLED);
        String caravan = isService ? "sudo caravan" : "bin/caravan";
        String at = isService ? "" : " --data " + data;
        String name = newest.map(BackupFile::name).orElse("caravan-DATE-daily.tar.gz");
        String file = isService ? name : "../" + name; // beside the package
        List<Step> steps = new ArrayList<>();
        if (isService) {
            steps.add(new Step(
                    "tar xzf caravan-" + Version.ofProgram() + ".tar.gz && sudo caravan-" + Version.ofProgram()
                            + "/deploy/install.sh --yes && sudo systemctl stop caravan",
                    "Install this version or a newer one, and let it rest."));
        } else {
            steps.add(new Step(
                    "tar xzf caravan-" + Version.ofProgram() + ".tar.gz && cd caravan-" + Version.ofProgram(),
                    "Unpack this version or a newer one; it needs Java 17."));
        }
        if (second.isPresent() && second.get() instanceof FolderPlace folder) {
            file = "\"$(ls " + folder.folder() + "/caravan-2*.tar.gz" + (isSealed ? ".age" : "") + " | tail -n 1)\"";
        } else if (second.isPresent() && second.get() instanceof SftpPlace there) {
            file = name;
            steps.add(new Step(
                    fetch(there.ssh().address(), name), "Fetch the newest; its name begins with the latest date."));
        }
        steps.add(new Step(
                caravan + " backup restore " + file + " --yes" + at,
                isSealed ? "Bring it back; the recovery key is asked for." : "Bring it back."));
        steps.add(
                isService
                        ? new Step("sudo systemctl start caravan", "Start it.")
                        : new Step("bin/caravan up" + at, "Start it."));
        steps.add(new Step(caravan + " status" + at, "In another terminal, see whether all is there."));
        return steps;
    }

    /** With its digest beside it. */
    private static String fetch(SftpAddress from, String name) {
        return "sftp " + (from.port() == 22 ? "" : "-P " + from.port() + " ") + "'" + from.user() + "@" + from.host()
                + ":" + from.path() + "/" + name + "*' .";
    }

    private static List<String> notes(Optional<SecondPlace> second, boolean isSealed) {
        List<String> notes = new ArrayList<>();
        if (second.isEmpty()) {
            notes.add(
                    "There is no second place: copy the newest backup and its .sha256 from a stick to the empty machine first, beside the package.");
        }
        if (isSealed) {
            notes.add("Without the recovery key the backups cannot be opened, by anybody.");
        }
        notes.add("Devices need nothing done to them: they come back with the passwords that they have.");
        return notes;
    }
}
