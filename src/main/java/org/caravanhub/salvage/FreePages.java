package org.caravanhub.salvage;

import java.nio.ByteBuffer;
import java.util.BitSet;

/** The pages that hold nothing any more. Their old content must not come back as rows. */
final class FreePages {
    private static final int FIRST_TRUNK = 32;
    private static final int MOST_LEAVES = Pages.SIZE / 4 - 2;

    private FreePages() {}

    /** Their numbers, as far as the list can be followed. */
    static BitSet in(Pages pages) {
        BitSet free = new BitSet(pages.count() + 1);
        byte[] bytes = new byte[Pages.SIZE];
        ByteBuffer page = ByteBuffer.wrap(bytes);
        int trunk = pages.read(1, bytes) ? page.getInt(FIRST_TRUNK) : 0;
        // A page that is there already means that the list bites its own tail.
        while (trunk > 1 && !free.get(trunk) && pages.read(trunk, bytes)) {
            int leaves = page.getInt(4);
            if (leaves < 0 || leaves > MOST_LEAVES || !allInside(page, leaves, pages.count())) {
                break;
            }
            free.set(trunk);
            for (int i = 0; i < leaves; i++) {
                free.set(page.getInt(8 + 4 * i));
            }
            trunk = page.getInt(0);
        }
        return free;
    }

    /** One wrong number says that this is no page of the list: the others must not be believed. */
    private static boolean allInside(ByteBuffer trunk, int leaves, int count) {
        for (int i = 0; i < leaves; i++) {
            int leaf = trunk.getInt(8 + 4 * i);
            if (leaf < 2 || leaf > count) {
                return false;
            }
        }
        return true;
    }
}
