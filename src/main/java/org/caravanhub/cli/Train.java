package org.caravanhub.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.demo.Training;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.caravanhub.settings.SettingsReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code caravan train}: the launcher runs it while the Java machine records what it loads. */
@Command(
        name = "train",
        hidden = true,
        description =
                "Run a hub that works for some seconds in a temporary folder, for the archive that makes later starts fast.")
final class Train implements Callable<Integer> {
    private static final int MESSAGES = 2_000;

    private final Surroundings here;

    Train(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("caravan-train");
        try {
            Map<Setting, String> options = Map.of(
                    Setting.DATA, folder.toString(),
                    Setting.ROUTES, here.home().resolve("routes").toString(),
                    Setting.BROKER, "in-process",
                    Setting.HTTP_HOST, "127.0.0.1",
                    Setting.HTTP_PORT, "0",
                    Setting.MQTT_HOST, "127.0.0.1",
                    Setting.MQTT_PORT, Integer.toString(freePort()));
            // Neither environment nor files: what is configured is a real broker and a real database.
            Settings settings = SettingsReader.read(folder, Map.of(), options, null);
            Training training = new Training(here.clock(), MESSAGES);
            int code = Foreground.run(() -> settings, () -> training);
            return training.isDone() ? code : ExitCode.FAILED;
        } finally {
            delete(folder);
        }
    }

    /** Nobody takes it in the moment until the broker does. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException fault) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
