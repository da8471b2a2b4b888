package org.caravanhub.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What is in a bundle: every part on the list that could be read, without secrets. One that cannot be had is there with the reason, so that
 * nothing is missing in silence.
 */
public final class Contents {
    /** In characters; the rest of what is longer is cut off at the front, since the newest of a log is at its end. */
    static final int LONGEST = 4 << 20;

    /** Which files there are. */
    static final String LIST = "contents.txt";

    private static final String README = """
            This is a bundle of Caravan: what somebody who helps has to know of a hub that is not well.

            Every file is text; contents.txt lists them with their sizes and SHA-256. Look through them before you send this.
            Passwords, tokens and keys were replaced by ***, those that the hub knows and what looks like one.
            Not in here: the database, what devices measured or said, keys, certificates, the environment, and what other programs run with.
            In here all the same: names of devices, topics and addresses, unless it was made with --no-names (then ids and the name of the
            machine are replaced, and topics with them).
            """;

    private final UnaryOperator<String> redaction;

    /** @param redaction takes secrets out of a text */
    public Contents(UnaryOperator<String> redaction) {
        this.redaction = redaction;
    }

    /** All that could be read, and before it a page that says what this is. */
    public List<Member> of(List<Part> parts) {
        List<Member> members = new ArrayList<>();
        for (Part part : parts) {
            members.add(read(part));
        }
        members.add(0, Member.of("README.txt", "what this is", README));
        members.add(1, Member.of(LIST, "each file with size and SHA-256", list(members)));
        return members;
    }

    private Member read(Part part) {
        String text;
        try {
            text = part.text().read();
            if (text.indexOf('\0') >= 0) {
                text = "Left out: it is no text.\n";
            }
        } catch (IOException | RuntimeException e) {
            text = "Not to be had: " + e.getMessage() + "\n";
        }
        if (text.length() > LONGEST) {
            int line = text.indexOf('\n', text.length() - LONGEST);
            text = "(what was before is cut off)\n" + text.substring(line < 0 ? text.length() - LONGEST : line + 1);
        }
        return Member.of(redaction.apply(part.name()), part.what(), redaction.apply(text));
    }

    private static String list(List<Member> members) {
        StringBuilder list = new StringBuilder();
        for (Member member : members) {
            list.append(member.sha256())
                    .append("  ")
                    .append(String.format("%9d", member.bytes().length))
                    .append("  ")
                    .append(member.name())
                    .append("  ")
                    .append(member.what())
                    .append('\n');
        }
        return list.toString();
    }

    /** A part that another has read already and freed of secrets; it is freed of those that are known here, too. */
    public static Part again(Member member) {
        return new Part(member.name(), member.what(), () -> new String(member.bytes(), StandardCharsets.UTF_8));
    }
}
