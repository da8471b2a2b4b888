package org.caravanhub.settings;

import java.nio.file.Path;

/** Another hub runs with this data folder. */
public final class DataInUse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DataInUse(Path folder, String holder) {
        super("Another Caravan" + (holder.isEmpty() ? "" : " (pid " + holder + ")") + " runs with the data folder "
                + folder + ". Stop it, or choose another folder with --data DIR.");
    }
}
