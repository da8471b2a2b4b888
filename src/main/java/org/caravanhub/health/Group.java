package org.caravanhub.health;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a check is about, so that a page can show together what belongs together. The words are part of the API. */
public enum Group {
    /** The hub itself. */
    HUB("hub", "service", "ping", "memory", "files", "starts", "settings", "java", "ports", "permissions"),
    /** What is kept. */
    DATABASE("database", "spool", "database-integrity"),
    /** What it is kept on. */
    DISK("disk", "filesystem"),
    /** How devices reach it. */
    BROKER("broker", "mqtt", "access", "anonymous"),
    /** What is done with what they say. */
    FLOWS("flows", "flow-steps"),
    /** What time it is. */
    CLOCK("clock"),
    /** Whether it would be there again. */
    BACKUP("backup", "backup-copy"),
    /** The machine under it. */
    MACHINE("machine", "pi", "kernel"),
    /** Devices, firmware and power stations, and whether anybody is told. */
    DEVICES("alerts", "firmware", "ecoflow", "power");

    private final List<String> checks;

    Group(String... checks) {
        this.checks = List.of(checks);
    }

    /** Of the check of this name; what is not known here is the hub's own. */
    public static Group of(String check) {
        return Arrays.stream(values())
                .filter(group -> group.checks.contains(check))
                .findFirst()
                .orElse(HUB);
    }

    /** The checks that belong to it, as far as they are known here. */
    public List<String> checks() {
        return checks;
    }

    /** The word that API and pages use: {@code database}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
