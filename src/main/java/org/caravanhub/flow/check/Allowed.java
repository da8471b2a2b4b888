package org.caravanhub.flow.check;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What flows may use: one list, for the check of the files and for the hub that runs them. It lets a flow do whatever it likes with
 * messages, and keeps it from running programs, reading the hub's own files and making objects of classes of its choice. Explained
 * in {@code docs/reference/flow-language.md}.
 */
public final class Allowed {
    /** What flows may begin at and send to. */
    public static final Set<String> COMPONENTS = Set.of(
            "mqtt",
            "store",
            "every",
            "notify",
            "direct",
            "seda",
            "log",
            "timer",
            "quartz",
            "http",
            "https",
            "platform-http",
            "jdbc",
            "file",
            "paho-mqtt5",
            "smtp",
            "smtps");

    /** What expressions may be written in; {@code bean} is what Camel calls {@code method}. */
    public static final Set<String> LANGUAGES = Set.of(
            "simple",
            "constant",
            "header",
            "exchangeProperty",
            "variable",
            "tokenize",
            "jsonpath",
            "jq",
            "ref",
            "method",
            "bean",
            // Camel's own name for the part of simple that speaks of files.
            "file");

    /** What {@code marshal} and {@code unmarshal} may make; each is there if its jar is. */
    public static final Set<String> FORMATS =
            Set.of("json", "csv", "base64", "gzipDeflater", "zipDeflater", "cbor", "yaml", "jackson");

    /** Why something that Camel has is not on the lists. */
    private static final Map<String, String> REASONS = new TreeMap<>(Map.ofEntries(
            Map.entry("exec", "it runs programs on the hub"),
            Map.entry("ssh", "it runs programs"),
            Map.entry("docker", "it runs programs"),
            Map.entry("groovy", "it runs code that nobody checked"),
            Map.entry("java", "it runs code that nobody checked"),
            Map.entry("joor", "it runs code that nobody checked"),
            Map.entry("js", "it runs code that nobody checked"),
            Map.entry("python", "it runs code that nobody checked"),
            Map.entry("mvel", "it runs code that nobody checked"),
            Map.entry("ognl", "it runs code that nobody checked"),
            Map.entry("spel", "it runs code that nobody checked"),
            Map.entry("csimple", "it runs code that nobody checked"),
            Map.entry("wasm", "it runs code that nobody checked"),
            Map.entry("datasonnet", "it runs code that nobody checked"),
            Map.entry("language", "it runs code that nobody checked"),
            Map.entry("xslt", "it runs code that nobody checked, and reads files"),
            Map.entry("xslt-saxon", "it runs code that nobody checked, and reads files"),
            Map.entry("xquery", "it reads files"),
            Map.entry("xpath", "it reads files that a message names"),
            Map.entry("validator", "it reads files that a message names"),
            Map.entry("velocity", "it runs code that nobody checked, and reads files"),
            Map.entry("freemarker", "it runs code that nobody checked, and reads files"),
            Map.entry("mustache", "it reads files"),
            Map.entry("bean", "it makes objects of any class"),
            Map.entry("class", "it makes objects of any class"),
            Map.entry("dataformat", "it makes objects of any class"),
            Map.entry("controlbus", "it starts and stops other flows"),
            Map.entry("kamelet", "it loads flows that nobody checked"),
            Map.entry("rest", "it answers requests past the hub's own rules"),
            Map.entry("ftp", "it is not part of the hub"),
            Map.entry("sftp", "it is not part of the hub"),
            Map.entry("sql", "it is not part of the hub"),
            Map.entry("kafka", "it is not part of the hub"),
            Map.entry("paho", "it speaks to a broker without keeping what is not confirmed"),
            Map.entry("mock", "it is for tests of Camel"),
            Map.entry("stub", "it is for tests of Camel"),
            Map.entry("dataset", "it is for tests of Camel"),
            Map.entry("dataset-test", "it is for tests of Camel"),
            Map.entry("scheduler", "its times are not kept over a restart"),
            Map.entry("ref", "it reaches objects of the hub"),
            Map.entry("saga", "it is not part of the hub"),
            Map.entry("browse", "it keeps every message in memory")));

    /** What to write instead of it. */
    private static final Map<String, String> INSTEAD = Map.of(
            "bean", "use the step \"bean:\" with \"ref:\"",
            "class", "use the step \"bean:\" with \"ref:\"",
            "scheduler", "use every: or quartz:",
            "paho", "use mqtt:, or paho-mqtt5: for another broker",
            "sql", "use jdbc:",
            "kamelet", "use a templatedRoute",
            "rest", "use platform-http:");

    /** Entries of a file that would change other flows, or make objects. */
    static final Map<String, String> REFUSED_ENTRIES = Map.of(
            "beans", "it makes objects of any class; flows call the beans of the hub by their name",
            "dataFormats", "it would change all flows; say it in the step that needs it",
            "errorHandler", "it would change all flows; use a routeConfiguration",
            "from", "a flow needs an id, so that it can be told from others",
            "intercept", "it would change all flows; use a routeConfiguration",
            "interceptFrom", "it would change all flows; use a routeConfiguration",
            "interceptSendToEndpoint", "it would change all flows; use a routeConfiguration",
            "onCompletion", "it would change all flows; use a routeConfiguration",
            "onException", "it would change all flows; use a routeConfiguration",
            "rest", "it answers requests past the hub's own rules; begin a flow at platform-http:");

    /** Classes that values are converted to, and that fields may name. */
    public static final Set<String> CLASSES = Set.of(
            "String",
            "Integer",
            "Long",
            "Double",
            "Float",
            "Boolean",
            "Short",
            "Byte",
            "Object",
            "int",
            "long",
            "double",
            "float",
            "boolean",
            "byte[]",
            "java.lang.String",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Double",
            "java.lang.Float",
            "java.lang.Boolean",
            "java.lang.Number",
            "java.lang.Object",
            "java.math.BigDecimal",
            "java.math.BigInteger",
            "java.util.Map",
            "java.util.HashMap",
            "java.util.LinkedHashMap",
            "java.util.List",
            "java.util.ArrayList",
            "java.util.Set",
            "java.util.Date",
            "java.util.Iterator",
            "java.io.InputStream",
            "java.time.Instant",
            "com.fasterxml.jackson.databind.JsonNode");

    /** Classes that a flow may make an object of, with {@code #class:}: Camel's ways to put messages together. */
    public static final Set<String> MADE = Set.of(
            "org.apache.camel.processor.aggregate.UseLatestAggregationStrategy",
            "org.apache.camel.processor.aggregate.UseOriginalAggregationStrategy",
            "org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy",
            "org.apache.camel.processor.aggregate.GroupedMessageAggregationStrategy",
            "org.apache.camel.processor.aggregate.StringAggregationStrategy");

    /** Fields of a data format that would load classes or code. */
    static final Set<String> CLASS_FIELDS = Set.of(
            "beanType",
            "resultType",
            "exceptionType",
            "unmarshalType",
            "collectionType",
            "jsonView",
            "moduleClassNames",
            "documentType",
            "builderClass",
            "schemaResolver");

    private Allowed() {}

    /** Why a component, language or data format is refused; empty if nobody ever asked. */
    static Optional<String> reason(String name) {
        return Optional.ofNullable(REASONS.get(name.toLowerCase(Locale.ROOT)));
    }

    /** What to use instead of it; may be empty. */
    static String instead(String name) {
        return INSTEAD.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
}
