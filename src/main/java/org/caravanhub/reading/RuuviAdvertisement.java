package org.caravanhub.reading;

import org.caravanhub.reading.Malformed.Cause;

/**
 * A Bluetooth advertisement as a gateway heard it, in hexadecimal: structures of length, type and content, one of which is from Ruuvi
 * (type FF, company 0499). Some programs put the length of the whole before it, and the strength of the signal behind.
 *
 * @param bytes the advertisement
 * @param from where Ruuvi's content begins, behind the company: its first byte is the data format
 * @param length of Ruuvi's content
 * @param rssiDbm the signal's strength, if it stands behind the advertisement; otherwise 0
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record RuuviAdvertisement(byte[] bytes, int from, int length, int rssiDbm) {
    private static final int MANUFACTURER = 0xff;

    /** A flaw if it is no advertisement, or not one of Ruuvi's. */
    static RuuviAdvertisement parse(byte[] text, int from, int to) {
        byte[] bytes = ofHex(text, from, to);
        int announced = bytes[0] & 0xff;
        boolean hasRssi = announced == bytes.length - 2;
        try {
            return find(bytes, 0, bytes.length, 0);
        } catch (Flaw flaw) {
            // Read as a first structure, the length of the whole makes no sense.
            if (hasRssi || announced == bytes.length - 1) {
                int end = announced + 1;
                return find(bytes, 1, end, hasRssi ? bytes[end] : 0);
            }
            throw flaw;
        }
    }

    private static RuuviAdvertisement find(byte[] bytes, int begin, int end, int rssiDbm) {
        int at = begin;
        while (at < end) {
            int length = bytes[at] & 0xff;
            if (length == 0 || at + length >= end) {
                throw new Flaw(
                        Cause.WRONG_TYPE,
                        "byte " + (at + 1) + " of data announces a structure of " + length + " bytes; there are "
                                + (end - at - 1));
            }
            boolean isRuuvis = (bytes[at + 1] & 0xff) == MANUFACTURER
                    && length > 3
                    && bytes[at + 2] == (byte) 0x99
                    && bytes[at + 3] == 0x04;
            if (isRuuvis) {
                return new RuuviAdvertisement(bytes, at + 4, length - 3, rssiDbm);
            }
            at += length + 1;
        }
        throw new Flaw(
                Cause.WRONG_TYPE,
                "data has nothing of Ruuvi's; expected a structure of type FF with the company 0499, as …FF9904…");
    }

    private static byte[] ofHex(byte[] text, int from, int to) {
        int length = to - from;
        if (length == 0 || length % 2 != 0) {
            throw new Flaw(Cause.WRONG_TYPE, "data has " + length + " digits; expected pairs of hexadecimal digits");
        }
        byte[] bytes = new byte[length / 2];
        for (int i = 0; i < bytes.length; i++) {
            int high = digit(text[from + 2 * i]);
            int low = digit(text[from + 2 * i + 1]);
            if (high < 0 || low < 0) {
                throw new Flaw(
                        Cause.WRONG_TYPE,
                        "digits " + (2 * i + 1) + " and " + (2 * i + 2) + " of data are not hexadecimal");
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return bytes;
    }

    private static int digit(byte digit) {
        return digit < 0 ? -1 : Character.digit(digit, 16);
    }
}
