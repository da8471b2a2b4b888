package org.caravanhub.api;

import java.util.List;
import org.caravanhub.ota.DeviceUpdate;
import org.caravanhub.ota.UpdateReport;

/** How paku's service calls what becomes of an update. */
final class PakuWords {
    /** What a device may say. */
    static final List<String> STATUSES =
            List.of("pending", "downloading", "downloaded", "installing", "success", "failed", "rolled_back");

    private PakuWords() {}

    /** What a device means by one of {@link #STATUSES}. */
    static UpdateReport.Stage stage(String status) {
        return UpdateReport.Stage.valueOf(status.toUpperCase(java.util.Locale.ROOT));
    }

    /** What paku's tools call it. */
    static String status(DeviceUpdate.State state) {
        return switch (state) {
            case WAITING, OFFERED -> "pending";
            case DOWNLOADING -> "downloading";
            // That it runs is not yet that it is well.
            case INSTALLING, VERIFYING -> "installing";
            case DONE -> "success";
            case FAILED, TIMED_OUT -> "failed";
            case ROLLED_BACK -> "rolled_back";
        };
    }
}
