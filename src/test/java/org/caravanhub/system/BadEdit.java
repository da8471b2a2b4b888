package org.caravanhub.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;

/** Every way to break a flow file, and where it is to be told. The line is 0 if it is about the whole file. */
enum BadEdit {
    OPEN_QUOTE("not_yaml", 4, "    description: In order", "    description: \"In order"),
    TABS("not_yaml", 9, "        - log:", "\t- log:"),
    UNKNOWN_STEP("unknown_step", 9, "        - log:", "        - lgo:"),
    UNKNOWN_FIELD("unknown_field", 11, "            message:", "            mesage:"),
    UNKNOWN_COMPONENT("unknown_component", 6, "uri: mqtt:victim/in", "uri: mqqt:victim/in"),
    UNKNOWN_OPTION("unknown_option", 7, "      parameters: {qos: 1}", "      parameters: {quos: 1}"),
    UNKNOWN_LANGUAGE(
            "unknown_language",
            16,
            "              simple:",
            "              language:\n                language: simpel"),
    BAD_SIMPLE("bad_expression", 16, "${body}", "${boddy"),
    DUPLICATE_ID("duplicate_id", 2, "    id: victim\n", "    id: paku-data\n"),
    EMPTY("empty", 0, "", "") {
        @Override
        String of(String good) {
            return "";
        }
    },
    ALIAS_BOMB("", 0, "", "") {
        @Override
        String of(String good) {
            return "- a: &a [x,x,x,x,x,x,x,x,x]\n- b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n- c: &c [" + "*b,".repeat(80)
                    + "*b]\n";
        }
    },
    FIVE_MEGABYTES("too_large", 0, "", "") {
        @Override
        String of(String good) {
            return good + "# more\n".repeat(5 * 1024 * 1024 / 7);
        }
    },
    HALF_WRITTEN("", -1, "", "") {
        @Override
        String of(String good) {
            return good.substring(0, good.indexOf("message:") - 10) + "  \"";
        }
    },
    DELETED("gone", 0, "", "");

    final String code;
    /** From 1; 0 for the whole file; -1 for anywhere. */
    final int line;

    private final String right;
    private final String wrong;

    BadEdit(String code, int line, String right, String wrong) {
        this.code = code;
        this.line = line;
        this.right = right;
        this.wrong = wrong;
    }

    /** The broken text. */
    String of(String good) {
        if (!good.contains(right)) {
            throw new IllegalStateException(this + " does not find " + right);
        }
        return good.replace(right, wrong);
    }

    /** Breaks a file, in place or as editors do it that write beside it first. */
    void apply(Path file, String good, Random random) throws IOException {
        if (this == DELETED) {
            Files.delete(file);
        } else {
            write(file, of(good), random);
        }
    }

    static void write(Path file, String text, Random random) throws IOException {
        if (random.nextBoolean()) {
            Files.writeString(file, text);
        } else {
            Path beside = Files.writeString(file.resolveSibling("." + file.getFileName() + ".swp"), text);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
