package org.caravanhub.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files that were named on the command line. Standard input, {@code -}, is put into a file first, since everything is read twice. */
final class InputFiles implements AutoCloseable {
    private static final long LARGEST = 4L << 30;

    private final List<Path> paths = new ArrayList<>();
    private @Nullable Path folder;

    private InputFiles() {}

    static InputFiles of(List<String> names) throws IOException {
        InputFiles files = new InputFiles();
        for (String name : names) {
            files.paths.add(name.equals("-") ? files.standardInput() : Path.of(name));
        }
        for (Path path : files.paths) {
            if (!Files.isRegularFile(path)) {
                files.close();
                throw new CommandFailed(ExitCode.NOT_FOUND, "there is no file " + path, "");
            }
        }
        return files;
    }

    List<Path> paths() {
        return paths;
    }

    private Path standardInput() throws IOException {
        Path made = Files.createTempDirectory("caravan-import");
        folder = made;
        Path file = made.resolve("stdin");
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = new FileInputStream(FileDescriptor.in);
                OutputStream out = Files.newOutputStream(file)) {
            long size = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
                if (size > LARGEST) {
                    close();
                    throw new CommandFailed(
                            ExitCode.INVALID, "more than 4 GB on standard input", "save it as a file, and import that");
                }
                out.write(buffer, 0, read);
            }
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        Path made = folder;
        if (made != null) {
            Files.deleteIfExists(made.resolve("stdin"));
            Files.deleteIfExists(made);
        }
    }
}
