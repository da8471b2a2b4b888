package org.caravanhub.doctor;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanhub.health.Health;
import org.caravanhub.machine.Program;

/** What systemd knows of the unit caravan. */
public final class ServiceLook {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int MANY = 3;

    private static final Map<String, String> RESULTS = Map.of(
            "exit-code", "it ended by itself with code ",
            "signal", "it was ended by signal ",
            "core-dump", "it crashed with signal ",
            "watchdog", "it did not say any more that it was alive",
            "oom-kill", "the kernel ended it for want of memory",
            "timeout", "it did not start or stop in time",
            "start-limit-hit", "it was started too often in a short time",
            "resources", "systemd could not prepare its start");

    private ServiceLook() {}

    /** Nothing if there is no systemd, or it does not know the unit. */
    public static Optional<Health> look() throws InterruptedException {
        return Program.output(
                        LIMIT,
                        List.of(
                                "systemctl",
                                "show",
                                "caravan",
                                "--property=LoadState,ActiveState,SubState,Result,ExecMainStatus,NRestarts,UnitFileState"))
                .flatMap(ServiceLook::judge);
    }

    static Optional<Health> judge(String shown) {
        Map<String, String> said = new HashMap<>();
        shown.lines().filter(line -> line.contains("=")).forEach(line -> {
            int equals = line.indexOf('=');
            said.put(line.substring(0, equals), line.substring(equals + 1));
        });
        if (!said.getOrDefault("LoadState", "").equals("loaded")) {
            return Optional.empty();
        }
        String active = said.getOrDefault("ActiveState", "");
        String result = said.getOrDefault("Result", "success");
        String restarts = said.getOrDefault("NRestarts", "0");
        boolean isMany = restarts.matches("\\d+") && restarts.length() < 9 && Integer.parseInt(restarts) >= MANY;
        String again = restarts.equals("0") ? "" : ", started again by itself " + restarts + " times";
        return Optional.of(
                switch (active) {
                    case "active" ->
                        isMany
                                ? Health.warning(
                                        "The service runs" + again + " since it was started.",
                                        "Something ends it again and again.",
                                        "See what it said at its end: journalctl -u caravan -n 100")
                                : enabled("The service runs" + again, said);
                    case "activating", "reloading", "deactivating" ->
                        Health.warning(
                                "The service is " + active
                                        + (result.equals("success") ? "" : "; before, " + words(result, said)) + again
                                        + ".",
                                "It does not take messages at this moment.",
                                "Look again in a minute; if it goes on: journalctl -u caravan -n 100");
                    case "failed" ->
                        Health.problem(
                                "The service has given up: " + words(result, said) + again + ".",
                                "Nothing is stored; what devices say waits in the broker, if it runs.",
                                "See why: journalctl -u caravan -n 100. Then: sudo systemctl reset-failed caravan; sudo systemctl start"
                                        + " caravan");
                    default ->
                        Health.problem(
                                "The service is stopped.",
                                "Nothing is stored; what devices say waits in the broker, if it runs.",
                                "sudo systemctl start caravan");
                });
    }

    private static Health enabled(String what, Map<String, String> said) {
        return said.getOrDefault("UnitFileState", "enabled").equals("disabled")
                ? Health.warning(
                        what + ", and is not started with the machine.",
                        "After a power cut there is no hub.",
                        "sudo systemctl enable caravan")
                : Health.ok(what + ".");
    }

    private static String words(String result, Map<String, String> said) {
        String words = RESULTS.getOrDefault(result, "its result is " + result);
        return words.endsWith(" ") ? words + said.getOrDefault("ExecMainStatus", "?") : words;
    }
}
