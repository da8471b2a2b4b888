package org.caravanhub.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.caravanhub.ota.image.Finding;
import org.caravanhub.ota.image.Image;
import org.caravanhub.ota.image.ImageReader;
import org.caravanhub.ota.image.NoImage;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code caravan firmware check}. */
@Command(name = "check", description = "Say what an image is and whether it is whole, without a hub.")
final class FirmwareCheck implements Callable<Integer> {
    private final Surroundings here;

    @Parameters(paramLabel = "FILE", description = "The image, as the build made it.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    FirmwareCheck(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        FirmwareUpload.sizeOf(file);
        Finding finding = ImageReader.read(file);
        if (finding instanceof NoImage none) {
            throw new CommandFailed(ExitCode.INVALID, Plain.line(file.toString()) + ": " + none.text(), "");
        }
        Image image = (Image) finding;
        Table table = new Table().left("what").left("value");
        row(table, "kind", image.kind().word());
        row(table, "chip", image.chip());
        row(table, "project", image.project());
        row(table, "version", image.version());
        row(table, "idf_version", image.idfVersion());
        row(table, "secure_boot", image.secureBoot());
        row(table, "size", Long.toString(image.size()));
        row(table, "elf_sha256", image.elfSha256());
        row(table, "appended_sha256", image.appendedSha256());
        table.print(here, new Style(false, here.unicode()));
        image.remarks().forEach(remark -> here.err().println("Note: " + Plain.line(remark)));
        return ExitCode.OK;
    }

    private static void row(Table table, String name, String value) {
        if (!value.isEmpty()) {
            table.row(List.of(Table.Cell.of(name), Table.Cell.of(value)));
        }
    }
}
