package org.caravanhub.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.caravanhub.settings.DataFolder;

/**
 * What to do when the hub cannot be asked.
 *
 * @param start the command that starts it
 * @param data its data folder, if it is one of this machine
 * @param demo whether the demo's folder can be what was meant
 */
record Advice(String start, Optional<Path> data, boolean demo) {
    /** Nothing answers. */
    String whenDown() {
        return data.flatMap(DataFolder::holder)
                .map(pid -> "a hub" + (pid.isEmpty() ? "" : " (pid " + pid + ")")
                        + " runs with this folder, perhaps on another port: --http-port PORT")
                .orElse("start it: " + start + ", or say where it is: --url");
    }

    /** The token was not taken. */
    String withoutToken() {
        if (demo) {
            return "for the demo: --data ./data-demo";
        }
        String elsewhere = "say where the token is: --token-file DIR/admin.token, or --data DIR";
        return start.startsWith("sudo ")
                ? "as root: put sudo before it; a token that is lost: caravan docs token-is-lost"
                : elsewhere;
    }
}
