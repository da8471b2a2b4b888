package org.caravanhub.alert;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.caravanhub.notice.Channel;
import org.caravanhub.notice.Dispatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is on its way by channels, each of which has a lane of its own. What has not got there is kept, and is sent at least once. */
public final class Deliveries implements Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final List<Lane> lanes;
    private final List<Pending> unknown = new ArrayList<>();
    private volatile Runnable keep = () -> {};

    /** To these channels. */
    public Deliveries(List<Channel> channels, Clock clock) {
        this.lanes = channels.stream()
                .map(channel -> new Lane(channel, clock, () -> keep.run()))
                .toList();
    }

    /** How it goes with each. */
    public List<ChannelState> states() {
        return lanes.stream().map(Lane::state).toList();
    }

    /** A channel works: what waits for it is sent now. */
    public void hurry(String channel) {
        lanes.stream().filter(lane -> lane.channel().name().equals(channel)).forEach(Lane::hurry);
    }

    @Override
    public void tell(Dispatch dispatch) {
        lanes.forEach(lane -> lane.tell(dispatch));
    }

    @Override
    public void whenChanged(Runnable changed) {
        keep = changed;
    }

    @Override
    public void known(List<Pending> kept) {
        for (Lane lane : lanes) {
            lane.known(kept.stream()
                    .filter(each -> each.channel().equals(lane.channel().name()))
                    .map(Pending::dispatch)
                    .toList());
        }
        List<String> names = lanes.stream().map(lane -> lane.channel().name()).toList();
        List<Pending> left =
                kept.stream().filter(each -> !names.contains(each.channel())).toList();
        if (!left.isEmpty()) {
            LOG.warn("deliveries={} \"given up: they wait for a channel that is not set up any more\"", left.size());
        }
        synchronized (unknown) {
            unknown.addAll(left);
        }
    }

    @Override
    public Change change() {
        List<Pending> added = new ArrayList<>();
        List<Pending> gone = new ArrayList<>();
        lanes.forEach(lane -> lane.change(added, gone));
        synchronized (unknown) {
            gone.addAll(unknown);
        }
        return new Change(added, gone);
    }

    @Override
    public void kept(Change change) {
        lanes.forEach(lane -> lane.kept(change));
        synchronized (unknown) {
            unknown.removeAll(change.gone());
        }
    }

    @Override
    public void close() {
        lanes.forEach(Lane::close);
    }
}
