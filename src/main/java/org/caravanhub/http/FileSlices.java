package org.caravanhub.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.netty.util.AbstractReferenceCounted;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.function.LongConsumer;

/**
 * Lets a file leave in slices, as much as the kernel takes at once, each in its {@link FileTurns turn}: two hundred files that all leave at
 * once let nobody else be heard. Also sees how many bytes have left, which Vert.x tells only when all of them have. Used on the connection's
 * event loop only; the kernel sends, as it would without it.
 */
public final class FileSlices extends ChannelOutboundHandlerAdapter {
    private final Channel channel;
    private final FileTurns turns;
    private final LongConsumer listener;
    private long sent;

    private FileSlices(Channel channel, FileTurns turns, LongConsumer listener) {
        this.channel = channel;
        this.turns = turns;
        this.listener = listener;
    }

    /**
     * Takes care of the file that is sent next in answer to this request.
     *
     * @param listener is told of how many bytes of it have left, each time some did; quick, on the event loop
     */
    public static FileSlices of(RoutingContext request, FileTurns turns, LongConsumer listener) {
        Channel channel = ((ConnectionBase) request.request().connection()).channel();
        FileSlices slices = new FileSlices(channel, turns, listener);
        channel.pipeline().addFirst(slices);
        return slices;
    }

    /** The file has left, or never will. */
    public void end() {
        if (channel.pipeline().context(this) != null) {
            channel.pipeline().remove(this);
        }
    }

    /** Vert.x writes nothing behind a region before it has left. */
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof FileRegion region) {
            turns.await(channel.eventLoop(), () -> next(context, region, promise));
        } else {
            context.write(message, promise);
        }
    }

    private void next(ChannelHandlerContext context, FileRegion region, ChannelPromise promise) {
        context.writeAndFlush(new Slice(region)).addListener(left -> {
            if (left.isSuccess() && region.transferred() < region.count()) {
                turns.await(channel.eventLoop(), () -> next(context, region, promise));
                return;
            }
            region.release();
            if (left.isSuccess()) {
                promise.trySuccess();
            } else {
                promise.tryFailure(left.cause());
            }
        });
    }

    /** What the kernel takes of a region at once: it is over as soon as some of it has left. */
    private final class Slice extends AbstractReferenceCounted implements FileRegion {
        private final FileRegion region;
        private long left;

        Slice(FileRegion region) {
            this.region = region;
        }

        @Override
        public long transferTo(WritableByteChannel target, long position) throws IOException {
            long moved = region.transferTo(target, region.transferred());
            if (moved > 0) {
                left += moved;
                sent += moved;
                listener.accept(sent);
            }
            return moved;
        }

        @Override
        public long position() {
            return region.position();
        }

        @Override
        @Deprecated
        public long transfered() {
            return left;
        }

        @Override
        public long transferred() {
            return left;
        }

        @Override
        public long count() {
            return Math.max(1, left);
        }

        /** The region stays for the next slice. */
        @Override
        protected void deallocate() {}

        @Override
        public FileRegion retain() {
            super.retain();
            return this;
        }

        @Override
        public FileRegion retain(int increment) {
            super.retain(increment);
            return this;
        }

        @Override
        public FileRegion touch() {
            return this;
        }

        @Override
        public FileRegion touch(Object hint) {
            return this;
        }
    }
}
