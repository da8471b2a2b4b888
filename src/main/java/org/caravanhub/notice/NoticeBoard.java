package org.caravanhub.notice;

import java.util.List;
import org.caravanhub.text.Quoted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each notice as a line of the log, and passes it on to the outlets; a fault of one keeps it from none of the others. */
public final class NoticeBoard implements Notices {
    private static final Logger LOG = LoggerFactory.getLogger(NoticeBoard.class);

    private final List<Notices> outlets;

    /** Passes on to these. */
    public NoticeBoard(List<Notices> outlets) {
        this.outlets = List.copyOf(outlets);
    }

    @Override
    public void tell(Notice notice) {
        LOG.info(
                "notice={} priority={} flow={} device={} title={} text={}",
                notice.name(),
                notice.priority().word(),
                notice.flow(),
                notice.device().isEmpty() ? "-" : notice.device(),
                Quoted.atLength(notice.title()),
                Quoted.atLength(notice.text()));
        for (Notices outlet : outlets) {
            try {
                outlet.tell(notice);
            } catch (RuntimeException e) {
                LOG.warn("notice={} outlet=failed reason={}", notice.name(), Quoted.atLength(e.toString()));
            }
        }
    }
}
