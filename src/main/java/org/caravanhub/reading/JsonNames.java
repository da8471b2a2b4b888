package org.caravanhub.reading;

import java.util.Arrays;

/**
 * The names seen so far in each object that is open, to find one that is given twice. Compared are the characters, not how they
 * are spelled: {@code "a"} and {@code "\}{@code u0061"} are the same name. A plain list: objects have few members, and
 * {@link JsonReader#MAX_MEMBERS} bounds the work that a hostile message can cause.
 */
final class JsonNames {
    private byte[][] texts = new byte[32][];
    private int[] froms = new int[32];
    private int[] tos = new int[32];
    private int[] hashes = new int[32];
    private final int[] firsts = new int[JsonReader.MAX_DEPTH + 1];
    private int size;

    void clear() {
        size = 0;
    }

    void enter(int depth) {
        firsts[depth] = size;
    }

    void leave(int depth) {
        size = firsts[depth];
    }

    /** How many names the innermost object has so far. */
    int count(int depth) {
        return size - firsts[depth];
    }

    /** Remembers a name; false if the innermost object has it already. The bytes are not copied. */
    boolean add(byte[] text, int from, int to, int hash, int depth) {
        for (int i = firsts[depth]; i < size; i++) {
            if (hashes[i] == hash && Arrays.equals(texts[i], froms[i], tos[i], text, from, to)) {
                return false;
            }
        }
        if (size == froms.length) {
            grow();
        }
        texts[size] = text;
        froms[size] = from;
        tos[size] = to;
        hashes[size] = hash;
        size++;
        return true;
    }

    private void grow() {
        int larger = 2 * size;
        texts = Arrays.copyOf(texts, larger);
        froms = Arrays.copyOf(froms, larger);
        tos = Arrays.copyOf(tos, larger);
        hashes = Arrays.copyOf(hashes, larger);
    }
}
