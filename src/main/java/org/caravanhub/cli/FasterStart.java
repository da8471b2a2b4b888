package org.caravanhub.cli;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Prepares the archive of loaded classes when the launcher found none: in a process of its own, with the lowest priority, when the
 * hub has run for a minute, so that the first start on a small machine is not made slower by it.
 */
final class FasterStart {
    private static final long DELAY_SECONDS = 60;

    private FasterStart() {}

    /** Does nothing if there is an archive, or no launcher to make one. */
    static void prepareLater() {
        String launcher = System.getProperty("caravan.launcher", "");
        if (launcher.isEmpty() || !"missing".equals(System.getProperty("caravan.archive"))) {
            return;
        }
        Thread thread = new Thread(() -> prepare(launcher), "faster-start");
        thread.setDaemon(true);
        thread.start();
    }

    private static void prepare(String launcher) {
        try {
            TimeUnit.SECONDS.sleep(DELAY_SECONDS);
            ProcessBuilder program = new ProcessBuilder("nice", "-n", "19", launcher, "train")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            // Settings may stand there, and secrets; where Java and the archive are, it has to know.
            program.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("CARAVAN_")
                            && !name.startsWith("CARAVAN_J")
                            && !name.equals("CARAVAN_DATA"));
            // It starts and stops a hub, and would tell systemd that this one stops; systemd kills it then.
            program.environment().remove("NOTIFY_SOCKET");
            Process process = program.start();
            Thread end = new Thread(() -> end(process), "faster-start-end");
            Runtime.getRuntime().addShutdownHook(end);
            process.waitFor();
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IOException | InterruptedException | IllegalStateException e) {
            // Without `nice`, or while the hub stops: then a later start tries again.
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
