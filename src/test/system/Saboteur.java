import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An agent in the hub of a test machine that does what a mistake would do: when /var/lib/caravan/sabotage says "deadlock", "heap" or "native". */
public final class Saboteur {
    private static final List<byte[]> HELD = new ArrayList<>();

    public static void premain(String argument, Instrumentation instrumentation) {
        Thread thread = new Thread(Saboteur::lurk, "saboteur");
        thread.setDaemon(true);
        thread.start();
    }

    @SuppressWarnings({"deprecation", "removal"})
    private static void lurk() {
        Path order = Path.of("/var/lib/caravan/sabotage");
        try {
            while (!Files.exists(order)) {
                Thread.sleep(200);
            }
            String what = Files.readString(order).strip();
            Files.delete(order);
            if (what.equals("deadlock")) {
                // The one writer stands still wherever it is, as behind a lock that is never given back.
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("store-writer"))
                        .forEach(Thread::suspend);
            } else if (what.equals("native")) {
                while (true) {
                    take();
                    Thread.sleep(20);
                }
            } else {
                while (true) {
                    HELD.add(new byte[64 * 1024]);
                }
            }
        } catch (Exception e) {
            e.printStackTrace();
        }
    }

    /** A megabyte outside the heap, and in use, as of a library that forgets to give back. */
    private static void take() throws ReflectiveOperationException {
        java.lang.reflect.Field field = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        sun.misc.Unsafe memory = (sun.misc.Unsafe) field.get(null);
        memory.setMemory(memory.allocateMemory(1024 * 1024), 1024 * 1024, (byte) 1);
    }
}
