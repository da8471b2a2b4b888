package org.caravanhub.text;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What looks like a secret, whoever made it: after a word such as {@code password} in any syntax, in an address before the {@code @}, in an
 * {@code Authorization}, private keys, signed tokens. It takes out too much rather than too little.
 */
public final class SecretForms {
    private static final String WORDS =
            "passw(?:or[dt])?|passphrase|passwd|\\bpass\\b|\\bpwd|\\bpw\\b|x-auth|subscription-key|\\bsig\\b"
                    + "|(?<!\\{\\{)secret|token|api[-_. ]?key|access[-_.]?key|private[-_.]?key|credential"
                    + "|authori[sz]ation|cookie|\\bpsk\\b|_psk\\b";

    /** What may come between the word and what belongs to it. */
    private static final String REST_OF_NAME = "[A-Za-z0-9_.-]{0,24}";

    /** Where something stands in for a secret, or says nothing of it. */
    private static final String HARMLESS =
            "(?![\"']?(?:\\*\\*\\*|\\{\\{secret:[a-z0-9-]+\\}\\}|\\{\\{[a-z][\\w.-]*\\}\\}|\\$\\{[\\w.]+\\}"
                    + "|\\(set, \\d+ characters\\)|\\(not set\\)|true|false|null|none)(?=[\"'\\\\,;&})\\]\\s]|\\z))";

    private static final int IGNORE_CASE = Pattern.CASE_INSENSITIVE;

    /** In each, group {@code k} stays and group {@code v} is the secret. Loops are over what is short: Java's take stack for each turn. */
    private static final List<String> WORD_MARKS =
            List.of("pass", "pw", "x-auth", "sig", "secret", "token", "key", "credential", "authori", "cookie", "psk");

    /** What a step of a flow gives a name to: it is on another line than its name. */
    private static final String OF_STEP = "(?:constant|simple|expression|value):[ \\t]*";

    private static final String NAME_OF_STEP =
            "name:[ \\t]*[\"']?[\\w.-]{0,40}(?:" + WORDS + ")" + REST_OF_NAME + "[\"']?[ \\t]*";

    /** @param marks without one of which it is nowhere; most lines have none, and looking for words costs a Pi little */
    private record Form(List<String> marks, Pattern pattern) {
        boolean mayBeIn(String small) {
            return marks.stream().anyMatch(small::contains);
        }
    }

    /** These go over several lines. */
    private static final List<Form> NAMED = List.of(
            new Form(
                    WORD_MARKS,
                    Pattern.compile(
                            "(?<k>" + NAME_OF_STEP + "\\n(?:[ \\t]*[a-zA-Z]{1,20}:[^\\n]{0,60}\\n){0,3}?[ \\t]*"
                                    + OF_STEP + ")(?=[^\\s])" + HARMLESS + "(?<v>[^\\n]+)",
                            IGNORE_CASE)),
            new Form(
                    WORD_MARKS,
                    Pattern.compile(
                            "(?<k>" + OF_STEP + ")(?=[^\\s])" + HARMLESS + "(?<v>[^\\n]+)(?=\\n[ \\t]*" + NAME_OF_STEP
                                    + "(?:\\n|\\z))",
                            IGNORE_CASE)));

    private static final List<Form> FORMS = List.of(
            // Addresses that let in whoever knows them.
            new Form(
                    List.of("bot"),
                    Pattern.compile("(?<k>\\bbot)(?<v>\\d{6,20}(?::|%3A)[A-Za-z0-9_-]{20,})", IGNORE_CASE)),
            new Form(
                    List.of("hooks"),
                    Pattern.compile(
                            "(?<k>(?:hooks\\.slack\\.com/services|/api/webhooks?|/webhooks?)/)(?<v>[^\\s\"'<>?#]{12,})",
                            IGNORE_CASE)),
            new Form(
                    List.of("mosquitto_"),
                    Pattern.compile("(?<k>mosquitto_[^\\n]{0,300}\\s(?:-P|--pw)\\s+)(?<v>[^\\s]+)")),
            new Form(
                    List.of("age-secret-key-"),
                    Pattern.compile("(?<k>)(?<v>AGE-SECRET-KEY-(?:PQ-)?[A-Z0-9]+)", IGNORE_CASE)),
            new Form(
                    List.of("eyj"),
                    Pattern.compile("(?<k>)(?<v>\\beyJ[A-Za-z0-9_-]{6,}\\.[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]*)?)")),
            // scheme://user:password@host, also with an @ or a slash within.
            new Form(
                    List.of("@"),
                    Pattern.compile(
                            "(?<k>[a-z][a-z0-9+.-]{1,20}:(?://|\\\\/\\\\/))(?<v>[^\\s\"'<>|]{1,600})(?=@)",
                            IGNORE_CASE)),
            new Form(
                    List.of("%40"),
                    Pattern.compile(
                            "(?<k>[a-z][a-z0-9+.-]{1,20}(?::|%3A)%2F%2F)(?<v>[^\\s\"'<>|&]{1,900})(?=%40)",
                            IGNORE_CASE)),
            // A line that begins with the word: all of it, also with blanks and over indented lines after | or >.
            new Form(
                    WORD_MARKS,
                    Pattern.compile(
                            "(?<k>^[ \\t]*(?:- |#|;|export |--)?[ \\t]*[\"']?[A-Za-z0-9_.$-]{0,60}?(?:" + WORDS + ")"
                                    + REST_OF_NAME + "[\"']?[ \\t]*[:=][ \\t]*+)" + HARMLESS
                                    + "(?<v>[|>][-+0-9]{0,2}[ \\t]*(?:\\n[ \\t]{2,}[^\\n]*){1,100}|[^\\n]+)",
                            IGNORE_CASE | Pattern.MULTILINE)),
            // mosquitto.conf, options of commands.
            new Form(
                    WORD_MARKS,
                    Pattern.compile(
                            "(?<k>(?:^[ \\t]*|--?)[a-z_-]{0,30}(?:" + WORDS + ")[a-z_-]{0,10}[ \\t]++)" + HARMLESS
                                    + "(?<v>[^\\s]+)",
                            IGNORE_CASE | Pattern.MULTILINE)),
            // "password": "x", password='x', {\"token\":\"x\"}
            quoted("\"", "[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+){0,300}"),
            quoted("'", "[^'\\n]+"),
            quoted("\\\\{1,3}[\"']", "[^\\n]*?(?=\\\\{1,3}[\"'])"),
            // Authorization: Basic x, Authorization=Bearer x, Digest to the end of the line.
            new Form(
                    List.of("authori"),
                    Pattern.compile(
                            "(?<k>authori[sz]ation[\"']?\\s{0,3}[:=]\\s{0,3}[\"']?(?:basic|bearer|token|apikey|negotiate)\\s+)(?<v>[^\\s\"',}\\])]+)",
                            IGNORE_CASE)),
            new Form(
                    List.of("authori"),
                    Pattern.compile(
                            "(?<k>authori[sz]ation[\"']?\\s{0,3}[:=]\\s{0,3}digest\\s+)(?<v>[^\\n]+)", IGNORE_CASE)),
            new Form(
                    List.of("basic", "bearer"),
                    Pattern.compile(
                            "(?<k>\\b(?:[Bb]asic|BASIC|[Bb]earer|BEARER)\\s+)(?<v>(?=[^\\s]{0,600}[0-9A-Z=])[A-Za-z0-9+/=_.~-]{8,})")),
            // password=x&…, password => x
            new Form(
                    WORD_MARKS,
                    Pattern.compile(
                            "(?<k>(?:" + WORDS + ")" + REST_OF_NAME + "\\s{0,3}(?:=>|=|%3D)\\s{0,3}+)" + HARMLESS
                                    + "(?<v>(?![\"'\\\\])[^\\s&<>]++(?:&(?![\\w.-]{1,40}(?:=|%3D))[^\\s&<>]*+){0,100})",
                            IGNORE_CASE)),
            // token: x, in the middle of a line
            new Form(
                    WORD_MARKS,
                    Pattern.compile(
                            "(?<k>(?:" + WORDS + ")" + REST_OF_NAME + "[\"']?\\s{0,3}(?<!\\.java):[ \\t]{0,3}+)"
                                    + HARMLESS + "(?<v>(?![\"'\\\\])[^\\s,;}\\])]+)",
                            IGNORE_CASE)),
            // key=x and nothing before it.
            new Form(
                    List.of("key"),
                    Pattern.compile("(?<k>(?<![\\w-])key\\s?=\\s?)(?<v>[^\\s&,;}\\]]{6,})", IGNORE_CASE)),
            // <password>x</password>
            new Form(
                    WORD_MARKS,
                    Pattern.compile(
                            "(?<k><[\\w:.-]{0,40}(?:" + WORDS + ")[\\w:.-]{0,24}(?:\\s[^>]{0,200})?>)(?<v>[^<]+)",
                            IGNORE_CASE)),
            // What is long and random, near such a word.
            new Form(
                    WORD_MARKS,
                    Pattern.compile(
                            "(?<k>(?:" + WORDS + ")[^\\n]{0,60}?(?<![A-Za-z0-9+/_.-]))"
                                    + "(?<v>(?=[A-Za-z_+/-]{0,60}\\d)[A-Za-z0-9+_][A-Za-z0-9+/_-]{17,}={0,2})",
                            IGNORE_CASE)));

    /** In characters; flows and settings are shorter. */
    private static final int LARGE = 256 << 10;

    private static final int LONGEST_PEM = 20_000;

    private static final Pattern PEM = Pattern.compile("-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10}-----");

    private SecretForms() {}

    private static Form quoted(String quote, String inside) {
        Pattern pattern = Pattern.compile(
                "(?<k>(?:" + WORDS + ")" + REST_OF_NAME + "(?:\\\\{0,3}[\"'])?\\s{0,3}(?:[:=]|=>|%3D)\\s{0,3}" + quote
                        + ")" + HARMLESS + "(?<v>" + inside + ")",
                IGNORE_CASE);
        return new Form(WORD_MARKS, pattern);
    }

    /** The text without what looks like a secret. */
    static String hidden(String text) {
        String shown = withoutPem(text);
        if (shown.length() <= LARGE) {
            return withoutForms(shown);
        }
        // A log: nothing goes over several lines, and of most lines nothing is to be taken.
        StringBuilder lines = new StringBuilder(shown.length());
        for (int from = 0; from < shown.length(); ) {
            int end = shown.indexOf('\n', from);
            int next = end < 0 ? shown.length() : end + 1;
            lines.append(withoutForms(shown.substring(from, next)));
            from = next;
        }
        return lines.toString();
    }

    private static String withoutForms(String text) {
        String small = text.toLowerCase(Locale.ROOT);
        String shown = text;
        for (List<Form> forms : List.of(NAMED, FORMS)) {
            for (Form form : forms) {
                if (form.mayBeIn(small)) {
                    shown = without(form.pattern(), shown);
                }
            }
        }
        return shown;
    }

    private static String without(Pattern form, String text) {
        Matcher found = form.matcher(text);
        if (!found.find()) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length());
        do {
            boolean isNothing = found.group("v").isEmpty();
            found.appendReplacement(
                    shown, Matcher.quoteReplacement(found.group("k") + (isNothing ? "" : Hidden.INSTEAD)));
        } while (found.find());
        return found.appendTail(shown).toString();
    }

    /** A key may be whole or cut, over many lines or written on one. */
    private static String withoutPem(String text) {
        if (!text.contains("PRIVATE KEY")) {
            return text;
        }
        Matcher begin = PEM.matcher(text);
        StringBuilder shown = new StringBuilder(text.length());
        int from = 0;
        while (begin.find(from)) {
            int end = text.indexOf("-----END", begin.end());
            shown.append(text, from, begin.end()).append(Hidden.INSTEAD);
            from = end < 0 || end - begin.end() > LONGEST_PEM
                    ? Math.min(text.length(), begin.end() + LONGEST_PEM)
                    : end;
        }
        return shown.append(text, from, text.length()).toString();
    }

    /**
     * What is written as a secret in a file of the configuration: it may come back elsewhere, with nothing beside it that tells what it is.
     * Words and what stands in for a secret are none.
     */
    public static Set<String> literals(String text) {
        Set<String> found = new LinkedHashSet<>();
        String all = text.toLowerCase(Locale.ROOT);
        for (Form form : NAMED) {
            Matcher matcher = form.pattern().matcher(text);
            while (form.mayBeIn(all) && matcher.find()) {
                add(matcher.group("v").strip(), found);
            }
        }
        List<Form> forms = FORMS.stream().filter(form -> form.mayBeIn(all)).toList();
        if (forms.isEmpty()) {
            return found;
        }
        text.lines().forEach(line -> {
            String small = line.toLowerCase(Locale.ROOT);
            forms.stream().filter(form -> form.mayBeIn(small)).forEach(form -> {
                Matcher matcher = form.pattern().matcher(line);
                while (matcher.find()) {
                    add(matcher.group("v").strip(), found);
                }
            });
        });
        return found;
    }

    private static void add(String written, Set<String> found) {
        String value = written.replaceAll("^[\"']|[\"']$", "");
        int colon = value.indexOf(':');
        if (colon >= 0 && value.indexOf(' ') < 0) {
            add(value.substring(colon + 1), found);
        }
        boolean isLiteral = value.length() >= 6
                && !value.matches("[a-z_-]{1,14}|[0-9.]+")
                && !value.matches("[{$/#].*")
                && !value.contains("{{secret:");
        if (isLiteral) {
            found.add(value);
        }
    }
}
