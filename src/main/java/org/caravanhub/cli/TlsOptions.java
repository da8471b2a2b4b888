package org.caravanhub.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.caravanhub.settings.LanAddresses;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.SettingsReader;
import org.caravanhub.tls.CertificateFolder;
import org.caravanhub.tls.ServerNames;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where certificates are, for commands about them. */
final class TlsOptions {
    @Option(names = "--dir", paramLabel = "DIR", description = "The folder, if it is not tls in the data folder.")
    @Nullable
    Path dir;

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder of the hub, if it is not ./data.")
    @Nullable
    String data;

    CertificateFolder folder(Surroundings here) {
        if (dir != null) {
            return new CertificateFolder(dir.toAbsolutePath().normalize());
        }
        Map<Setting, String> options = new EnumMap<>(Setting.class);
        if (data != null) {
            options.put(Setting.DATA, data);
        }
        return new CertificateFolder(SettingsReader.read(here.home(), here.environment(), options, null)
                .data()
                .resolve("tls")
                .toAbsolutePath()
                .normalize());
    }

    /** One that there is. */
    CertificateFolder existing(Surroundings here) {
        CertificateFolder folder = folder(here);
        if (!folder.hasAuthority()) {
            throw new CommandFailed(
                    ExitCode.NOT_FOUND, "there are no certificates in " + folder.path(), command("tls init"));
        }
        return folder;
    }

    /** A command to type next. */
    String command(String command) {
        return System.getProperty("caravan.command", "caravan")
                + " "
                + command
                + (dir == null ? "" : " --dir " + dir)
                + (data == null ? "" : " --data " + data);
    }

    /** What this machine is called by, on it and from elsewhere. */
    static ServerNames ofMachine(String host) {
        List<String> names = new ArrayList<>();
        names.add(host);
        if (host.indexOf('.') < 0) {
            names.add(host + ".local"); // by which it is found without a name server
        }
        names.add("localhost");
        names.add("127.0.0.1");
        LanAddresses.ofMachine().forEach(address -> names.add(address.host()));
        return new ServerNames(names);
    }

    static ServerNames and(ServerNames names, List<String> more) {
        try {
            return names.and(more);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.USAGE, String.valueOf(e.getMessage()), "");
        }
    }
}
