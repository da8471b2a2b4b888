package org.caravanhub.salvage;

/** Whether head, pointers, cells, free blocks and fragments of a page come to its size: then none of its lengths is wrong. */
final class PageBalance {
    private static final int LEAST_CELL = 4;

    private PageBalance() {}

    static boolean holds(TreePage page, Cells cells) {
        int used = page.contentStart();
        for (int i = 0; i < page.count(); i++) {
            int size = cells.size(page, i);
            if (size < 0) {
                return false;
            }
            used += Math.max(size, LEAST_CELL);
        }
        int block = page.firstFreeBlock();
        while (block != 0) {
            if (block + 4 > Pages.SIZE) {
                return false;
            }
            int size = page.unsigned(block + 2);
            int next = page.unsigned(block);
            // Blocks are in order of their place; one that leads back is damaged.
            if (next != 0 && next < block + size) {
                return false;
            }
            used += size;
            block = next;
        }
        return used + page.fragments() == Pages.SIZE;
    }
}
