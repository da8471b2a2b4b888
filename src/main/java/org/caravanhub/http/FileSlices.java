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
 * Sees how many bytes of a file have left, while the kernel sends it: Vert.x tells only when all of them have. Costs nothing where nobody
 * wants to know. Used on the connection's event loop only.
 */
public final class FileProgress extends ChannelOutboundHandlerAdapter {
    private final Channel channel;
    private final LongConsumer listener;
    private long sent;

    private FileProgress(Channel channel, LongConsumer listener) {
        this.channel = channel;
        this.listener = listener;
    }

    /**
     * Tells of the file that is sent next in answer to this request.
     *
     * @param listener is told of how many bytes of it have left, each time some did; quick, on the event loop
     */
    public static FileProgress of(RoutingContext request, LongConsumer listener) {
        Channel channel = ((ConnectionBase) request.request().connection()).channel();
        FileProgress progress = new FileProgress(channel, listener);
        channel.pipeline().addFirst(progress);
        return progress;
    }

    /** Tells no more. */
    public void end() {
        if (channel.pipeline().context(this) != null) {
            channel.pipeline().remove(this);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        context.write(message instanceof FileRegion region ? new Watched(region) : message, promise);
    }

    private void left(long bytes) {
        sent += bytes;
        listener.accept(sent);
    }

    /** The same region, whose bytes are counted. */
    private final class Watched extends AbstractReferenceCounted implements FileRegion {
        private final FileRegion region;

        Watched(FileRegion region) {
            this.region = region;
        }

        @Override
        public long transferTo(WritableByteChannel target, long position) throws IOException {
            long moved = region.transferTo(target, position);
            if (moved > 0) {
                left(moved);
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
            return region.transferred();
        }

        @Override
        public long transferred() {
            return region.transferred();
        }

        @Override
        public long count() {
            return region.count();
        }

        @Override
        protected void deallocate() {
            region.release();
        }

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
