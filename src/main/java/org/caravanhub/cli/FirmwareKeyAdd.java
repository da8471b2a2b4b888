package org.caravanhub.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.ota.signature.KeyText;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan firmware key add}. */
@Command(
        name = "add",
        description = {
            "Trust a public key: from now on firmware that it signed is known to be signed.",
            "Example: caravan firmware key add minisign.pub --name ci"
        })
final class FirmwareKeyAdd implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(
            paramLabel = "FILE",
            description = "The public key: a P-256 key in PEM, or minisign.pub. - reads standard input.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String file;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            required = true,
            description = "What it is to be called: letters, digits and . _ -")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String name;

    FirmwareKeyAdd(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        String text = text();
        try {
            // A private key does not leave this machine.
            KeyText.read(text);
        } catch (KeyText.NoKey e) {
            throw new CommandFailed(ExitCode.INVALID, Plain.line(file) + ": " + e.getMessage(), "");
        }
        byte[] body = client.api(here)
                .postForBytes(
                        FirmwareKeyList.PATH,
                        "application/json",
                        NewDeviceOptions.json(Map.of("name", name, "key", text), List.of()));
        if (client.json) {
            here.print(body);
            return ExitCode.OK;
        }
        Json key = Json.parse(body);
        here.out()
                .println("Trusted: " + Plain.line(key.textOrEmpty("name")) + ", " + key.textOrEmpty("algorithm") + " "
                        + key.textOrEmpty("fingerprint"));
        client.hint(
                here,
                "to take signed releases of a model only: " + client.command("firmware policy MODEL --signed-only"));
        return ExitCode.OK;
    }

    private String text() throws IOException {
        try (InputStream in =
                file.equals("-") ? new FileInputStream(FileDescriptor.in) : Files.newInputStream(existing())) {
            return new String(in.readNBytes(KeyText.LONGEST + 1), StandardCharsets.ISO_8859_1);
        }
    }

    private Path existing() {
        Path path = Path.of(file);
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new CommandFailed(
                    ExitCode.NOT_FOUND, "there is no file " + Plain.line(file) + " that can be read", "");
        }
        return path;
    }
}
