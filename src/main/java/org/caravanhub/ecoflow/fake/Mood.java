package org.caravanhub.ecoflow.fake;

import java.util.Locale;

/** How the cloud answers. */
public enum Mood {
    WELL("answers as it should"),
    UNKNOWN_KEY("8513, it does not know the access key"),
    WRONG_SIGNATURE("8521, the signature is wrong"),
    NOT_BOUND("1006, the station is not this account's"),
    OFFLINE("lists the station as offline"),
    OFFLINE_CODE("6012, the station is offline"),
    FROZEN("repeats its first answer for ever"),
    NO_DATA("success, and no data"),
    EMPTY("success, and nothing in the data"),
    WRONG_TYPES("lists, objects and words where numbers belong"),
    ABSURD("numbers that cannot be"),
    TOO_BUSY("says that it is too busy"),
    TOO_MANY("429, slow down"),
    INTERNAL_ERROR("503"),
    PORTAL("a web page of the network, which wants to be signed in at"),
    REDIRECT("leads to another address"),
    BLACK_HOLE("takes the question and never answers"),
    HANGS_UP("takes the question and closes the connection"),
    SLOW_HEADERS("answers after 15 s"),
    SLOW_DRIP("a byte now and then"),
    WRONG_LENGTH("breaks off before the length that it promised"),
    GZIP("answers compressed, unasked"),
    TRUNCATED_GZIP("compressed, and cut off"),
    GZIP_BOMB("32 MB of blanks, compressed to 32 kB"),
    ENDLESS("blanks without end"),
    HEADER_FLOOD("20,000 headers"),
    CROWD("lists 10,000 stations"),
    HOSTILE_NAMES("serial numbers and names that are paths, markup and control characters");

    private final String what;

    Mood(String what) {
        this.what = what;
    }

    /** How it answers then, in a few words. */
    public String what() {
        return what;
    }

    /** As it is written on a command line: {@code wrong-signature}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
