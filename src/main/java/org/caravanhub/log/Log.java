package org.caravanhub.log;

import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Sets up the process's log, once, before anything else is started. */
public final class Log {
    /** What these libraries say at INFO is about themselves, not about the hub. */
    private static final List<String> QUIET = List.of(
            "org.apache.camel",
            "com.zaxxer",
            "org.flywaydb",
            "io.vertx",
            "io.netty",
            "org.quartz",
            "org.apache.activemq");

    /** The JDK forgets the level of a logger that nobody holds. */
    private static final List<Logger> HELD =
            QUIET.stream().map(Logger::getLogger).toList();

    private Log() {}

    /** What passes through these at DEBUG is what devices say and what the hub signs in with. */
    private static final Logger WIRE = Logger.getLogger("org.apache.hc.client5.http");

    /**
     * From now on one line an event goes to standard error, INFO and above of the hub's own, WARN and above of libraries; with {@code
     * -Dcaravan.log=debug} all that they say.
     */
    public static void start() {
        LogManager.getLogManager().reset();
        Handler handler = new ConsoleHandler();
        handler.setLevel(Level.ALL);
        handler.setFilter(new Sparing());
        handler.setFormatter(new OneLine(System.getenv("JOURNAL_STREAM") != null));
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        boolean isDebug = System.getProperty("caravan.log", "").equals("debug");
        root.setLevel(isDebug ? Level.FINE : Level.INFO);
        WIRE.setLevel(Level.INFO);
        for (Logger logger : HELD) {
            logger.setLevel(isDebug ? Level.FINE : Level.WARNING);
        }
        // Java would print what a thread died of past this log, with whatever is in the message.
        Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> Logger.getLogger("org.caravanhub.Thread")
                .log(Level.SEVERE, "thread=ended name=\"" + thread.getName() + "\"", cause));
    }
}
