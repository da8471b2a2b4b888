package org.caravanhub.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan firmware upload}. */
@Command(
        name = "upload",
        description = {
            "Publish an image as a release. Devices get it when a rollout gives it to them.",
            "The same file again is harmless; what is published never changes.",
            "Example: caravan firmware upload build/van-sensor.bin --model van-sensor --version 1.4.0 --notes 'Sleeps better.'"
        })
final class FirmwareUpload implements Callable<Integer> {
    private static final int LONGEST_NOTES = 16 * 1024;
    private static final int LARGEST_SIGNATURE = 8 * 1024;
    private static final int BLOCK = 64 * 1024;

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "FILE", description = "The image, as the build made it.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Option(names = "--model", paramLabel = "MODEL", required = true, description = "Which devices it is for.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String model;

    @Option(
            names = "--version",
            paramLabel = "VERSION",
            description = "As devices will tell it. Without it, the one in the image.")
    private @Nullable String version;

    @Option(names = "--notes", paramLabel = "TEXT", description = "For people who decide whether they want it.")
    private @Nullable String notes;

    @Option(names = "--notes-file", paramLabel = "FILE", description = "The same from a file.")
    private @Nullable Path notesFile;

    @Option(names = "--signature", paramLabel = "FILE", description = "The detached signature of the image.")
    private @Nullable Path signature;

    @Option(
            names = "--min-version",
            paramLabel = "VERSION",
            description = "The oldest version that may be updated to it in one step.")
    private @Nullable String minVersion;

    @Option(names = "--quiet", description = "Do not tell how far it is.")
    private boolean quiet;

    FirmwareUpload(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        long size = sizeOf(file);
        MultipartForm form = new MultipartForm()
                .field("model", model)
                .field("version", version)
                .field("min_version", minVersion)
                .field("notes", notes());
        if (signature != null) {
            form.file("signature", bytes(signature, LARGEST_SIGNATURE, "a signature"));
        }
        byte[] body;
        try (Progress progress = new Progress(here, "Uploading", "KB", quiet)) {
            body = client.api(here).send("/api/v1/firmware", form.contentType(), form.length(size), out -> {
                out.write(form.before());
                try (InputStream in = Files.newInputStream(file)) {
                    byte[] block = new byte[BLOCK];
                    long done = 0;
                    for (int read = in.read(block); read >= 0; read = in.read(block)) {
                        out.write(block, 0, read);
                        done += read;
                        progress.at(done, size, done / 1024);
                    }
                }
                out.write(form.after());
            });
        }
        if (client.json) {
            here.print(body);
            return ExitCode.OK;
        }
        tell(Json.parse(body));
        return ExitCode.OK;
    }

    private void tell(Json release) {
        String name = Plain.line(release.textOrEmpty("model") + " " + release.textOrEmpty("version"));
        boolean isNew = release.textOrEmpty("is_new").equals("true");
        String signedBy = release.textOrEmpty("signed_by");
        here.out()
                .println(name + (isNew ? " is published" : " was there already, with the same bytes")
                        + (signedBy.isEmpty() ? "" : ", signed by " + Plain.line(signedBy)) + ".");
        here.out().println("sha256 " + Plain.line(release.textOrEmpty("sha256")));
        release.texts("remarks").forEach(remark -> here.err().println("Note: " + Plain.line(remark)));
        if (isNew) {
            client.hint(here, client.command("firmware show " + name));
        }
    }

    private @Nullable String notes() throws IOException {
        if (notes != null && notesFile != null) {
            throw new CommandFailed(ExitCode.USAGE, "--notes and --notes-file say the same", "leave one out");
        }
        return notesFile == null ? notes : new String(bytes(notesFile, LONGEST_NOTES, "notes"), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Path file, int most, String what) throws IOException {
        if (sizeOf(file) > most) {
            throw new CommandFailed(
                    ExitCode.INVALID,
                    Plain.line(file.toString()) + " is too long for " + what,
                    "at most " + most + " bytes");
        }
        return Files.readAllBytes(file);
    }

    /** What is wrong with a file is told before anything is sent. */
    static long sizeOf(Path file) throws IOException {
        String name = Plain.line(file.toString());
        if (Files.isDirectory(file)) {
            throw new CommandFailed(ExitCode.INVALID, name + " is a folder", "name the file in it: ls " + name);
        }
        if (!Files.exists(file)) {
            throw new CommandFailed(ExitCode.NOT_FOUND, "there is no file " + name, "was the build finished?");
        }
        if (!Files.isReadable(file)) {
            throw new CommandFailed(ExitCode.INVALID, name + " cannot be read by this user", "ls -l " + name);
        }
        if (Files.size(file) == 0) {
            throw new CommandFailed(ExitCode.INVALID, name + " is empty", "was the build finished?");
        }
        return Files.size(file);
    }
}
