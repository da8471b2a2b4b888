package org.caravanhub.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the process's exit code tells a script. The numbers are part of the interface. */
public final class ExitCode {
    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int NOT_FOUND = 3;
    public static final int UNREACHABLE = 4;
    public static final int NOT_AUTHORISED = 5;
    public static final int INVALID = 6;
    public static final int CONFLICT = 7;
    public static final int PARTLY_DONE = 8;
    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** Number to meaning, for help and reference. */
    static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        meanings.put("0", "done");
        meanings.put("1", "failed, or the hub is not healthy");
        meanings.put("2", "not understood: wrong command, option or argument");
        meanings.put("3", "not found");
        meanings.put("4", "the hub does not answer");
        meanings.put("5", "not allowed: no token, or a wrong one");
        meanings.put("6", "invalid: settings, flow or payload");
        meanings.put("7", "conflict: a port is taken, something changed meanwhile");
        meanings.put("8", "partly done");
        meanings.put("130", "interrupted by Ctrl-C");
        return meanings;
    }
}
