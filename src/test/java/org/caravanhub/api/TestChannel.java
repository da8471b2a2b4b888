package org.caravanhub.api;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.caravanhub.notice.Channel;
import org.caravanhub.notice.Dispatch;
import org.caravanhub.notice.Priority;

/** A phone that is there, or not, as the test says. */
public final class TestChannel implements Channel {
    public volatile Answer answer = new Answer(Result.DELIVERED, "");
    public final List<String> got = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
        return "ntfy";
    }

    @Override
    public Priority least() {
        return Priority.NORMAL;
    }

    @Override
    public Answer send(Dispatch dispatch, Duration late) {
        Answer now = answer;
        if (now.result() == Result.DELIVERED) {
            got.add(dispatch.notice().title());
        }
        return now;
    }
}
