package org.caravanhub.notice;

import java.util.List;
import org.caravanhub.text.Quoted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each dispatch as a line of the log, and passes it on to the outlets; a fault of one keeps it from none of the others. */
public final class NoticeBoard implements Outlet {
    private static final Logger LOG = LoggerFactory.getLogger(NoticeBoard.class);

    private final List<Outlet> outlets;

    /** Passes on to these. */
    public NoticeBoard(List<Outlet> outlets) {
        this.outlets = List.copyOf(outlets);
    }

    @Override
    public void tell(Dispatch dispatch) {
        Notice notice = dispatch.notice();
        LOG.info(
                "notice={} state={} priority={} flow={} device={} title={} text={}",
                notice.name(),
                dispatch.state().word(),
                notice.priority().word(),
                notice.flow(),
                device(notice.device()),
                Quoted.atLength(notice.title()),
                Quoted.atLength(notice.text()));
        for (Outlet outlet : outlets) {
            try {
                outlet.tell(dispatch);
            } catch (RuntimeException e) {
                LOG.warn("notice={} outlet=failed reason={}", notice.name(), Quoted.atLength(e.toString()));
            }
        }
    }

    /** Whoever tells a notice may have written anything there. */
    private static String device(String id) {
        if (id.isEmpty()) {
            return "-";
        }
        return id.matches("[\\w.-]+") ? id : Quoted.of(id);
    }
}
