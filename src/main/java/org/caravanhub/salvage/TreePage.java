package org.caravanhub.salvage;

import java.util.Optional;

/**
 * A page of a table or an index. Its cells are found through the pointers at its head; any of these may be wrong.
 *
 * @param number of the page
 * @param bytes its content
 * @param type which of the four kinds it is
 * @param count how many cells it says it has
 */
record TreePage(int number, byte[] bytes, Type type, int count) {
    /** The kinds of pages, as SQLite numbers them. Rows without a rowid are in index pages, of both kinds. */
    enum Type {
        INDEX_INTERIOR(2),
        TABLE_INTERIOR(5),
        INDEX_LEAF(10),
        TABLE_LEAF(13);

        final int code;

        Type(int code) {
            this.code = code;
        }

        boolean isInterior() {
            return this == INDEX_INTERIOR || this == TABLE_INTERIOR;
        }

        boolean isIndex() {
            return this == INDEX_INTERIOR || this == INDEX_LEAF;
        }

        private int headerSize() {
            return isInterior() ? 12 : 8;
        }
    }

    /** As its first byte says; empty if that is no kind of page, or its head cannot be true. */
    static Optional<TreePage> of(int number, byte[] bytes) {
        for (Type type : Type.values()) {
            if (bytes[head(number)] == type.code) {
                TreePage page = as(type, number, bytes);
                return page.isPossible() ? Optional.of(page) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** As if its first byte said so. The number of cells is what there is room for if what is written cannot be. */
    static TreePage as(Type type, int number, byte[] bytes) {
        return new TreePage(number, bytes, type, unsigned(bytes, head(number) + 3));
    }

    /** The same page, with all cells that its pointers could mean, however many it says it has. */
    TreePage withAllPointers() {
        int start = contentStart();
        int room = start > firstPointer() ? start - firstPointer() : 0;
        return new TreePage(number, bytes, type, Math.max(isPossible() ? count : 0, room / 2));
    }

    /** Whether so many cells fit between head and content. */
    private boolean isPossible() {
        return firstPointer() + 2 * count <= contentStart() && contentStart() <= Pages.SIZE;
    }

    /** Where a cell begins, or -1 if its pointer leads nowhere. */
    int cell(int index) {
        int pointer = firstPointer() + 2 * index;
        if (pointer + 2 > Pages.SIZE) {
            return -1;
        }
        int cell = unsigned(bytes, pointer);
        return cell < firstPointer() || cell >= Pages.SIZE ? -1 : cell;
    }

    /** The page with what is smaller than a cell; after the last cell, that with what is larger than all. For interior pages. */
    int child(int index) {
        int at = index == count ? head(number) + 8 : cell(index);
        return at < 0 || at + 4 > Pages.SIZE ? 0 : (unsigned(bytes, at) << 16) | unsigned(bytes, at + 2);
    }

    private int firstPointer() {
        return head(number) + type.headerSize();
    }

    /** Where the first free block within the content begins; 0 if there is none. */
    int firstFreeBlock() {
        return unsigned(bytes, head(number) + 1);
    }

    /** Bytes that are free in pieces too small for a block. */
    int fragments() {
        return bytes[head(number) + 7] & 0xff;
    }

    /** Two bytes of the page. */
    int unsigned(int at) {
        return unsigned(bytes, at);
    }

    /** Where the content begins: 0 stands for 65536, which no page of ours can have. */
    int contentStart() {
        return unsigned(bytes, head(number) + 5);
    }

    /** The first page begins with the head of the file. */
    private static int head(int number) {
        return number == 1 ? 100 : 0;
    }

    private static int unsigned(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }
}
