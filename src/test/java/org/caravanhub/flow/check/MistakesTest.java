package org.caravanhub.flow.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.caravanhub.flow.Mistake;
import org.caravanhub.flow.Mistake.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people get wrong, each told once, at its place, in words that help. */
class MistakesTest {
    static Stream<Wrong> yaml() {
        return Stream.of(
                new Wrong("a tab", "- route:\n    id: a\n«\tfrom:\n", Code.NOT_YAML, "a tab"),
                new Wrong(
                        "an open quote",
                        "- route:\n    id: a\n    description: «\"never closed\n    from:\n",
                        Code.NOT_YAML,
                        "never closed"),
                new Wrong(
                        "a quote closed lines later",
                        "- route:\n    id: a\n    description: «\"open\n    note: \"x\"\n",
                        Code.NOT_YAML,
                        "not closed on its line"),
                new Wrong(
                        "a colon too many",
                        "- route:\n    id: a\n    description: here«: is one\n",
                        Code.NOT_YAML,
                        "a colon"),
                new Wrong("a wrong indent", "- route:\n    id: a\n  «from: b\n", Code.WRONG_VALUE, "indent it"),
                new Wrong("a wrong indent in a map", "- route:\n    id: a\n   «from: b\n", Code.NOT_YAML, "indented"),
                new Wrong("a file of NULs", "«\0\0\0\0", Code.NOT_YAML, "cannot be seen"),
                new Wrong("half a file of NULs", "- route:\n    id: a\n«\0\0\0", Code.NOT_YAML, "U+0000"),
                new Wrong(
                        "a tag with a class",
                        "- route:\n    id: «!!javax.script.ScriptEngineManager [a]\n",
                        Code.FORBIDDEN_CLASS,
                        "remove the tag"),
                new Wrong(
                        "a tag of one's own", "- route:\n    id: «!secret a\n", Code.FORBIDDEN_CLASS, "remove the tag"),
                new Wrong(
                        "two documents",
                        "- route:\n    id: a\n«---\n- route:\n    id: b\n",
                        Code.WRONG_VALUE,
                        "second document"),
                new Wrong(
                        "a list for a name", "- route:\n    id: a\n    ? «[b]\n    : c\n", Code.WRONG_VALUE, "quotes"),
                new Wrong(
                        "a list for a name, by its alias",
                        "- route:\n    id: &a [a]\n    ? «*a\n    : c\n",
                        Code.WRONG_VALUE,
                        "quotes"),
                new Wrong("an unknown alias", "- route:\n    id: «*a\n", Code.NOT_YAML, "quotes"),
                new Wrong("a map instead of a list", "«route:\n  id: a\n", Code.WRONG_VALUE, "begin with \"- route:\""),
                new Wrong("a text instead of a list", "«hello\n", Code.WRONG_VALUE, "list"));
    }

    static Stream<Wrong> grammar() {
        return Stream.of(
                Wrong.steps(
                        "letters swapped", "- «chioce:\n    when: []", Code.UNKNOWN_STEP, "did you mean \"choice\"?"),
                Wrong.steps(
                        "a step with a hyphen",
                        "- «set-body:\n    simple: a",
                        Code.UNKNOWN_STEP,
                        "did you mean \"setBody\"?"),
                Wrong.steps("an unknown step", "- «frobnicate: {}", Code.UNKNOWN_STEP, "unknown step \"frobnicate\""),
                Wrong.steps(
                        "a step in capitals", "- «LOG:\n    message: a", Code.UNKNOWN_STEP, "did you mean \"log\"?"),
                Wrong.steps(
                        "a field misspelt",
                        "- log:\n    «mesage: hello",
                        Code.UNKNOWN_FIELD,
                        "did you mean \"message\"?"),
                Wrong.steps(
                        "a field of another step",
                        "- log:\n    message: a\n    «uri: direct:b",
                        Code.UNKNOWN_FIELD,
                        "unknown field \"uri\" of \"log\""),
                Wrong.steps(
                        "no message",
                        "- «log:\n    loggingLevel: INFO",
                        Code.MISSING_FIELD,
                        "\"log\" has no \"message\""),
                Wrong.steps(
                        "no name of a header",
                        "- «setHeader:\n    simple: a",
                        Code.MISSING_FIELD,
                        "\"setHeader\" has no \"name\""),
                Wrong.steps(
                        "no address",
                        "- «to:\n    parameters:\n      a: b",
                        Code.MISSING_FIELD,
                        "\"to\" has no \"uri\""),
                Wrong.steps(
                        "a level that is none",
                        "- log:\n    message: a\n    loggingLevel: «INOF",
                        Code.WRONG_VALUE,
                        "did you mean \"INFO\"?"),
                Wrong.steps(
                        "not true or false",
                        "- split:\n    simple: ${body}\n    streaming: «yes please\n    steps: []",
                        Code.WRONG_VALUE,
                        "true or false"),
                Wrong.steps(
                        "not a number",
                        "- aggregate:\n    correlationExpression:\n      constant: \"true\"\n    aggregationStrategy: \"#own\"\n    completionSize: «many\n    steps: []",
                        Code.WRONG_VALUE,
                        "a number"),
                Wrong.steps("a list instead of a text", "- log:\n    message:\n      «- a", Code.WRONG_VALUE, "a list"),
                Wrong.steps(
                        "fields instead of a text", "- log:\n    message:\n      «a: b", Code.WRONG_VALUE, "one value"),
                Wrong.steps("a text instead of fields", "- choice: «a", Code.WRONG_VALUE, "should be fields"),
                Wrong.steps(
                        "a map instead of a list",
                        "- choice:\n    when:\n      «simple: a",
                        Code.WRONG_VALUE,
                        "should be a list"),
                Wrong.steps("a step without a colon", "- «stop", Code.WRONG_VALUE, "a step is a name with a colon"),
                Wrong.steps("indented too little", "- log:\n    message: a\n  «id: b", Code.WRONG_VALUE, "indent it"),
                Wrong.steps("a field twice", "- log:\n    message: a\n    «message: b", Code.DUPLICATE_KEY, "twice"),
                Wrong.steps(
                        "an option twice",
                        "- to:\n    uri: seda:a\n    parameters:\n      size: 1\n      «size: 2",
                        Code.DUPLICATE_KEY,
                        "twice"),
                Wrong.steps(
                        "two expressions",
                        "- setBody:\n    simple: a\n    «constant: b",
                        Code.WRONG_VALUE,
                        "remove one"),
                new Wrong("no beginning", "- «route:\n    id: a\n", Code.MISSING_FIELD, "has no \"from\""),
                new Wrong(
                        "no id",
                        "- «route:\n    from:\n      uri: direct:a\n      steps:\n        - stop: {}\n",
                        Code.MISSING_FIELD,
                        "has no \"id\""),
                new Wrong(
                        "no steps",
                        "- route:\n    id: a\n    «from:\n      uri: direct:a\n",
                        Code.MISSING_FIELD,
                        "has no \"steps\""),
                new Wrong(
                        "steps beside from",
                        "- route:\n    id: a\n    from:\n      uri: direct:a\n      steps: []\n    «steps:\n      - stop: {}\n",
                        Code.UNKNOWN_FIELD,
                        "unknown field \"steps\""),
                new Wrong("an entry misspelt", "- «rout:\n    id: a\n", Code.UNKNOWN_ENTRY, "did you mean \"route\"?"),
                new Wrong(
                        "a step at the top",
                        "- «log:\n    message: a\n",
                        Code.UNKNOWN_ENTRY,
                        "belongs into the \"steps:\""),
                new Wrong(
                        "a flow without a route",
                        "- «from:\n    uri: direct:a\n    steps: []\n",
                        Code.UNKNOWN_ENTRY,
                        "needs an id"),
                new Wrong(
                        "beans",
                        "- «beans:\n    - name: a\n      type: java.lang.ProcessBuilder\n",
                        Code.UNKNOWN_ENTRY,
                        "objects of any class"),
                new Wrong(
                        "a policy for all",
                        "- «onException:\n    exception: [java.lang.Exception]\n",
                        Code.UNKNOWN_ENTRY,
                        "change all flows"),
                new Wrong(
                        "an error handler for all",
                        "- «errorHandler:\n    noErrorHandler: {}\n",
                        Code.UNKNOWN_ENTRY,
                        "use a routeConfiguration"),
                new Wrong("requests past the hub", "- «rest:\n    path: /a\n", Code.UNKNOWN_ENTRY, "platform-http"),
                new Wrong("an item that is a text", "- «hello\n", Code.WRONG_VALUE, "should stand here"));
    }

    static Stream<Wrong> endpoints() {
        return Stream.of(
                Wrong.to("mqqt:a", Code.UNKNOWN_COMPONENT, "did you mean \"mqtt\"?"),
                Wrong.to("LOG:a", Code.UNKNOWN_COMPONENT, "did you mean \"log\"?"),
                Wrong.to("exec:rm?args=-rf", Code.FORBIDDEN_COMPONENT, "it runs programs"),
                Wrong.to("bean:java.lang.Runtime", Code.FORBIDDEN_COMPONENT, "use the step \"bean:\""),
                Wrong.to("class:java.lang.Runtime", Code.FORBIDDEN_COMPONENT, "objects of any class"),
                Wrong.to("language:groovy:a", Code.FORBIDDEN_COMPONENT, "nobody checked"),
                Wrong.to("controlbus:route?routeId=a&action=stop", Code.FORBIDDEN_COMPONENT, "other flows"),
                Wrong.to("xslt:file:/etc/passwd", Code.FORBIDDEN_COMPONENT, "may not be used"),
                Wrong.to("«\"%65xec:a\"", Code.UNKNOWN_COMPONENT, "unknown component"),
                Wrong.to("«\"{{nothing:exec}}:ls\"", Code.FORBIDDEN_COMPONENT, "it runs programs"),
                Wrong.to("seda:a?«szie=5", Code.UNKNOWN_OPTION, "did you mean \"size\"?"),
                Wrong.to("seda:a?size=«five", Code.WRONG_VALUE, "a number"),
                Wrong.to("log:a?level=INFO&«showAl=true", Code.UNKNOWN_OPTION, "did you mean \"showAll\"?"),
                Wrong.to("log:a?showAll=«perhaps", Code.WRONG_VALUE, "true or false"),
                Wrong.to("log:a?level=«LOUD", Code.WRONG_VALUE, "one of"),
                Wrong.to("jdbc:«owm", Code.UNKNOWN_BEAN, "did you mean \"own\"?"),
                Wrong.to("jdbc:«writer", Code.UNKNOWN_BEAN, "there are own"),
                Wrong.to(
                        "jdbc:own?prepareStatementStrategy=«#lineProtocl",
                        Code.UNKNOWN_BEAN,
                        "did you mean \"lineProtocol\"?"),
                Wrong.to(
                        "jdbc:own?prepareStatementStrategy=«#class:java.lang.Thread",
                        Code.FORBIDDEN_CLASS,
                        "java.lang.Thread"),
                Wrong.to("direct:«set-aside-nowhere", Code.UNKNOWN_FLOW, "no flow begins at"),
                Wrong.to("direct:«in-one-comit", Code.UNKNOWN_FLOW, "did you mean \"in-one-commit\"?"),
                Wrong.to("file:/etc", Code.OUTSIDE_DATA, "outside"),
                Wrong.to("file:../..", Code.OUTSIDE_DATA, "leads out"),
                Wrong.to("file:a/../../..", Code.OUTSIDE_DATA, "leads out"),
                Wrong.to("file:{{x:/etc}}", Code.OUTSIDE_DATA, "outside"),
                Wrong.to("file:%2e%2e/a", Code.OUTSIDE_DATA, "hides"),
                Wrong.to("file:a?fileName=«../../x", Code.OUTSIDE_DATA, "leads out"),
                Wrong.to("file:a?tempPrefix=«../x", Code.OUTSIDE_DATA, "leads out"),
                Wrong.to("file:a?moveFailed=«/tmp/x", Code.OUTSIDE_DATA, "outside"),
                Wrong.to("file:a?doneFileName=«/tmp/x", Code.OUTSIDE_DATA, "outside"),
                Wrong.to("file:a?«jailStartingDirectory=false", Code.OUTSIDE_DATA, "may not leave"),
                Wrong.to("FILE:/etc", Code.UNKNOWN_COMPONENT, "did you mean \"file\"?"),
                Wrong.steps(
                        "kebab case hides nothing",
                        "- to:\n    uri: file:a\n    parameters:\n      fileName: «../x",
                        Code.OUTSIDE_DATA,
                        "leads out"),
                Wrong.steps(
                        "an option at its own line",
                        "- to:\n    uri: seda:a\n    parameters:\n      «szie: 5",
                        Code.UNKNOWN_OPTION,
                        "unknown option \"szie\" of seda"),
                Wrong.from(
                        "an option of a beginning",
                        "uri: timer:a\nparameters:\n  «perid: 1000",
                        Code.UNKNOWN_OPTION,
                        "did you mean \"period\"?"),
                Wrong.from(
                        "a time that is none",
                        "uri: timer:a\nparameters:\n  period: «soon",
                        Code.WRONG_VALUE,
                        "a time"),
                Wrong.from("no topic", "uri: «mqtt", Code.MISSING_FIELD, "\"mqtt\" has no \"topic\""),
                Wrong.from(
                        "a beginning that may not be", "uri: «exec:date", Code.FORBIDDEN_COMPONENT, "it runs programs"),
                Wrong.from(
                        "a path of the hub",
                        "uri: platform-http\nparameters:\n  path: «/api/v1/mine",
                        Code.FORBIDDEN_COMPONENT,
                        "path of your own"),
                Wrong.from(
                        "a path of the hub, short",
                        "uri: «platform-http:/health",
                        Code.FORBIDDEN_COMPONENT,
                        "by the hub itself"),
                Wrong.from(
                        "a path where scripts look for the hub",
                        "uri: platform-http\nparameters:\n  path: «/devices/mine",
                        Code.FORBIDDEN_COMPONENT,
                        "by the hub itself"),
                Wrong.steps(
                        "sent to what an expression says",
                        "- toD:\n    uri: «exec:${body}",
                        Code.FORBIDDEN_COMPONENT,
                        "it runs programs"),
                Wrong.steps(
                        "tapped", "- wireTap:\n    uri: «controlbus:route", Code.FORBIDDEN_COMPONENT, "other flows"),
                Wrong.steps(
                        "a letter box for the dead",
                        "- throwException:\n    exceptionType: «java.lang.Strin\n    message: a",
                        Code.UNKNOWN_BEAN,
                        "no exception"),
                new Wrong(
                        "a dead letter",
                        "- route:\n    id: a\n    errorHandler:\n      deadLetterChannel:\n        deadLetterUri: «exec:a\n    from:\n      uri: direct:a\n      steps:\n        - stop: {}\n",
                        Code.FORBIDDEN_COMPONENT,
                        "it runs programs"));
    }

    static Stream<Wrong> expressions() {
        return Stream.of(
                Wrong.simple("«${body.foo", Code.BAD_EXPRESSION, "never closed"),
                Wrong.simple("${«boddy.foo}", Code.BAD_EXPRESSION, "unknown function"),
                Wrong.simple("${«bdoy}", Code.BAD_EXPRESSION, "did you mean \"body\"?"),
                Wrong.simple("\"hello ${«boddy}\"", Code.BAD_EXPRESSION, "boddy"),
                Wrong.simple("${«camelContext.stop}", Code.FORBIDDEN_EXPRESSION, "into the hub"),
                Wrong.simple("${«exchange.context.stop}", Code.FORBIDDEN_EXPRESSION, "into the hub"),
                Wrong.simple("${«exchange.getContext().stop()}", Code.FORBIDDEN_EXPRESSION, "into the hub"),
                Wrong.simple("${«body.class.name}", Code.FORBIDDEN_EXPRESSION, "brackets"),
                Wrong.simple(
                        "${«body.getClass().forName('java.lang.Runtime')}", Code.FORBIDDEN_EXPRESSION, "into the hub"),
                Wrong.simple("${«header.a.getClass}", Code.FORBIDDEN_EXPRESSION, "into the hub"),
                Wrong.simple("${«type:java.lang.Runtime.getRuntime}", Code.FORBIDDEN_EXPRESSION, "any class"),
                Wrong.simple("${«env.HOME}", Code.FORBIDDEN_EXPRESSION, "of the machine"),
                Wrong.simple("${«env:HOME}", Code.FORBIDDEN_EXPRESSION, "of the machine"),
                Wrong.simple("${«sysenv.HOME}", Code.FORBIDDEN_EXPRESSION, "of the machine"),
                Wrong.simple("${«sys.user.home}", Code.FORBIDDEN_EXPRESSION, "of the machine"),
                Wrong.simple("${«properties:caravan.mqtt.password}", Code.FORBIDDEN_EXPRESSION, "passwords"),
                Wrong.simple("${«bean:java.lang.Runtime?method=exit}", Code.FORBIDDEN_CLASS, "is a class"),
                Wrong.simple("${«bean:type:java.lang.Runtime}", Code.FORBIDDEN_CLASS, "is a class"),
                Wrong.simple("${«bean:ait.derive}", Code.UNKNOWN_BEAN, "did you mean \"air\"?"),
                Wrong.simple("${«ref:nothing}", Code.UNKNOWN_BEAN, "no bean"),
                Wrong.simple("${«bodyAs(java.io.File)}", Code.FORBIDDEN_EXPRESSION, "java.io.File"),
                Wrong.simple("«resource:file:/etc/passwd", Code.FORBIDDEN_EXPRESSION, "reads files"),
                Wrong.simple("«'{{nothing:resource:file:/etc/passwd}}'", Code.FORBIDDEN_EXPRESSION, "reads files"),
                Wrong.simple("«'{{?nothing}}resource:file:/etc/passwd'", Code.FORBIDDEN_EXPRESSION, "reads files"),
                Wrong.simple("${header.${«sys.user.home}}", Code.FORBIDDEN_EXPRESSION, "of the machine"),
                Wrong.steps(
                        "inside of an address",
                        "- toD:\n    uri: seda:${«env.HOME}",
                        Code.FORBIDDEN_EXPRESSION,
                        "of the machine"),
                Wrong.steps(
                        "inside of an option",
                        "- to:\n    uri: log:a\n    parameters:\n      marker: ${«sys.a}",
                        Code.FORBIDDEN_EXPRESSION,
                        "of the machine"),
                Wrong.steps(
                        "in a message for the log",
                        "- log:\n    message: at ${«camelContext.name}",
                        Code.FORBIDDEN_EXPRESSION,
                        "into the hub"),
                Wrong.steps("in the short form", "- log: \"${«boddy}\"", Code.BAD_EXPRESSION, "did you mean \"body\"?"),
                Wrong.steps(
                        "in a folded text",
                        "- setBody:\n    simple:\n      expression: >-\n        one\n        two ${«env.A}",
                        Code.FORBIDDEN_EXPRESSION,
                        "of the machine"),
                Wrong.steps(
                        "a comparison without an end",
                        "- filter:\n    simple:\n      expression: ${body} «>\n    steps: []",
                        Code.BAD_EXPRESSION,
                        "cannot be read"),
                Wrong.steps(
                        "groovy",
                        "- setBody:\n    «groovy:\n      expression: System.exit(1)",
                        Code.FORBIDDEN_LANGUAGE,
                        "nobody checked"),
                Wrong.steps(
                        "a script",
                        "- script:\n    «groovy: System.exit(1)",
                        Code.FORBIDDEN_LANGUAGE,
                        "a bean of the hub"),
                Wrong.steps(
                        "a language by its name",
                        "- setBody:\n    language:\n      language: «groovy\n      expression: a",
                        Code.FORBIDDEN_LANGUAGE,
                        "nobody checked"),
                Wrong.steps(
                        "a language misspelt",
                        "- setBody:\n    «simpel:\n      expression: a",
                        Code.UNKNOWN_FIELD,
                        "did you mean \"simple\"?"),
                Wrong.steps(
                        "a language of the log",
                        "- log:\n    message: a\n    logLanguage: «groovy",
                        Code.FORBIDDEN_LANGUAGE,
                        "nobody checked"),
                Wrong.steps("xpath", "- setBody:\n    «xpath: /a", Code.FORBIDDEN_LANGUAGE, "reads files"));
    }

    static Stream<Wrong> names() {
        return Stream.of(
                Wrong.steps(
                        "a bean misspelt",
                        "- bean:\n    ref: «pakuDate\n    method: decode",
                        Code.UNKNOWN_BEAN,
                        "did you mean \"pakuData\"?"),
                Wrong.steps(
                        "a bean of the hub's own flows",
                        "- bean:\n    ref: «flowFileApi\n    method: list",
                        Code.UNKNOWN_BEAN,
                        "is for the flows that the hub came with"),
                Wrong.steps(
                        "a method misspelt",
                        "- bean:\n    ref: pakuData\n    method: «decod",
                        Code.UNKNOWN_BEAN,
                        "did you mean \"decode\"?"),
                Wrong.steps(
                        "a bean by its class",
                        "- bean:\n    beanType: «java.lang.Runtime\n    method: exec",
                        Code.FORBIDDEN_CLASS,
                        "java.lang.Runtime"),
                Wrong.steps(
                        "a class as a name",
                        "- bean:\n    ref: «java.lang.ProcessBuilder\n    method: start",
                        Code.FORBIDDEN_CLASS,
                        "is a class"),
                Wrong.steps(
                        "a class with a sign",
                        "- bean:\n    ref: \"«#class:java.lang.ProcessBuilder\"\n    method: start",
                        Code.FORBIDDEN_CLASS,
                        "may not make an object"),
                Wrong.steps("a bean in short", "- bean: «pakuDate", Code.UNKNOWN_BEAN, "pakuData"),
                Wrong.steps(
                        "a type to convert to",
                        "- convertBodyTo:\n    type: «java.io.File",
                        Code.FORBIDDEN_CLASS,
                        "java.io.File"),
                Wrong.steps(
                        "a type of a result",
                        "- setBody:\n    simple:\n      expression: a\n      resultType: «java.lang.Class",
                        Code.FORBIDDEN_CLASS,
                        "java.lang.Class"),
                Wrong.steps(
                        "a way to put together",
                        "- split:\n    simple: ${body}\n    aggregationStrategy: \"«#class:java.lang.Thread\"\n    steps: []",
                        Code.FORBIDDEN_CLASS,
                        "java.lang.Thread"),
                Wrong.steps(
                        "a type by a sign",
                        "- policy:\n    ref: \"«#type:javax.sql.DataSource\"\n    steps: []",
                        Code.FORBIDDEN_CLASS,
                        "javax.sql.DataSource"),
                Wrong.steps(
                        "modules of json",
                        "- unmarshal:\n    json:\n      moduleClassNames: «java.lang.Thread",
                        Code.FORBIDDEN_CLASS,
                        "java.lang.Thread"),
                Wrong.steps(
                        "a type of json",
                        "- unmarshal:\n    json:\n      unmarshalType: «java.lang.ProcessBuilder",
                        Code.FORBIDDEN_CLASS,
                        "ProcessBuilder"),
                Wrong.steps(
                        "a format that is not there",
                        "- unmarshal:\n    «avro: {}",
                        Code.FORBIDDEN_COMPONENT,
                        "use json"),
                Wrong.steps(
                        "an id of another flow",
                        "- log:\n    id: «decode-paku-data\n    message: a",
                        Code.DUPLICATE_ID,
                        "reading/paku-data.camel.yaml:"),
                Wrong.steps(
                        "an id of its own flow",
                        "- log:\n    id: «my-flow\n    message: a",
                        Code.DUPLICATE_ID,
                        "in line 2"),
                new Wrong(
                        "a flow that there is",
                        "- route:\n    id: «paku-data\n    from:\n      uri: direct:a\n      steps:\n        - stop: {}\n",
                        Code.DUPLICATE_ID,
                        "reading/paku-data.camel.yaml:2:9"),
                new Wrong(
                        "an id with a slash",
                        "- route:\n    id: «a/b\n    from:\n      uri: direct:a\n      steps:\n        - stop: {}\n",
                        Code.WRONG_VALUE,
                        "letters, digits"),
                new Wrong(
                        "a policy misspelt",
                        "- route:\n    id: a\n    routeConfigurationId: «set-asid\n    from:\n      uri: direct:a\n      steps:\n        - stop: {}\n",
                        Code.UNKNOWN_FLOW,
                        "did you mean \"set-aside\"?"),
                new Wrong(
                        "an unknown template",
                        "- templatedRoute:\n    routeId: a\n    routeTemplateRef: «nothing\n",
                        Code.UNKNOWN_FLOW,
                        "no template"),
                new Wrong(
                        "a parameter too few",
                        TEMPLATE + "- templatedRoute:\n    routeId: a\n    routeTemplateRef: «greet\n",
                        Code.MISSING_FIELD,
                        "needs the parameter \"name\""),
                new Wrong(
                        "a parameter misspelt",
                        TEMPLATE
                                + "- templatedRoute:\n    routeId: a\n    routeTemplateRef: greet\n    parameters:\n      - name: name\n        value: a\n      - name: «gretting\n        value: a\n",
                        Code.UNKNOWN_FIELD,
                        "did you mean \"greeting\"?"),
                new Wrong(
                        "a template that makes objects",
                        "- routeTemplate:\n    id: t\n    «beans:\n      - name: a\n        type: java.lang.Thread\n    from:\n      uri: direct:a\n      steps:\n        - stop: {}\n",
                        Code.FORBIDDEN_CLASS,
                        "objects of any class"));
    }

    private static final String TEMPLATE = """
            - routeTemplate:
                id: greet
                parameters:
                  - name: name
                  - name: greeting
                    defaultValue: hello
                from:
                  uri: direct:{{name}}
                  steps:
                    - log:
                        message: "{{greeting}} {{name}}"
            """;

    static Stream<Wrong> placeholders() {
        return Stream.of(
                Wrong.steps(
                        "nothing of that name",
                        "- log:\n    message: \"«{{flow.limt}}\"",
                        Code.UNKNOWN_PLACEHOLDER,
                        "did you mean \"flow.limit\"?"),
                Wrong.steps(
                        "no secret",
                        "- log:\n    message: \"«{{secret:mial}}\"",
                        Code.UNKNOWN_PLACEHOLDER,
                        "did you mean \"mail\"?"),
                Wrong.steps(
                        "a file",
                        "- log:\n    message: \"«{{file:/etc/shadow}}\"",
                        Code.FORBIDDEN_PLACEHOLDER,
                        "not meant for flows"),
                Wrong.steps(
                        "the environment",
                        "- log:\n    message: \"«{{env:HOME}}\"",
                        Code.FORBIDDEN_PLACEHOLDER,
                        "not meant for flows"),
                Wrong.steps(
                        "the system",
                        "- log:\n    message: \"«{{sys:user.home}}\"",
                        Code.FORBIDDEN_PLACEHOLDER,
                        "not meant for flows"),
                Wrong.steps(
                        "a service",
                        "- log:\n    message: \"«{{service:a}}\"",
                        Code.FORBIDDEN_PLACEHOLDER,
                        "not meant for flows"),
                Wrong.steps(
                        "a bean",
                        "- log:\n    message: \"«{{bean:upkeep.begin}}\"",
                        Code.FORBIDDEN_PLACEHOLDER,
                        "not meant for flows"),
                Wrong.to("seda:a?size=«{{sys:a}}", Code.FORBIDDEN_PLACEHOLDER, "not meant for flows"));
    }

    @ParameterizedTest
    @MethodSource({"yaml", "grammar", "endpoints", "expressions", "names", "placeholders"})
    void aMistakeIsToldAtItsPlace(Wrong wrong) throws IOException {
        List<Mistake> told = TestFlows.check(wrong.file());

        assertThat(told).extracting(Mistake::text).hasSize(1);
        Mistake mistake = told.get(0);
        assertThat(mistake.code()).as(mistake.text()).isEqualTo(wrong.code());
        assertThat(mistake.text()).contains(wrong.says());
        assertThat(mistake.place())
                .as(mistake.text())
                .isEqualTo(TestFlows.PATH + ":" + wrong.line() + ":" + wrong.column());
        assertThat(mistake.excerpt()).isEqualTo(wrong.file().split("\r?\n", -1)[wrong.line() - 1]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n", "[]", "\uFEFF", "~"})
    void aFileWithoutAFlowIsEmpty(String yaml) throws IOException {
        assertThat(TestFlows.check(yaml)).extracting(Mistake::code).containsExactly(Code.EMPTY);
    }

    static Stream<String> tooLarge() {
        StringBuilder bomb = new StringBuilder("- a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append(
                    "- a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d]%n".formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1));
        }
        return Stream.of(
                bomb.toString(),
                "- &a [*a]\n",
                "- &a [x]\n" + "- *a\n".repeat(51),
                "- " + "[".repeat(60) + "]".repeat(60),
                "[".repeat(200_000),
                "{a: ".repeat(60_000),
                "# a page of text\n".repeat(16_000),
                "- route:\n".repeat(600_000));
    }

    @ParameterizedTest
    @MethodSource("tooLarge")
    void whatWouldFillTheMemoryIsRefusedUnread(String tooLarge) throws IOException {
        assertThat(TestFlows.check(tooLarge)).extracting(Mistake::code).containsExactly(Code.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n"})
    void aFileFromWindowsIsAsGood(String lineEnd) throws IOException {
        String yaml = """
                - route:
                    id: my-flow
                    description: "made in Notepad: with a sign"
                    from:
                      uri: direct:my-flow
                      steps:
                        - to: seda:b
                        - setBody:
                            simple: ${body} at {{flow.limit}}
                        - toD: "seda:${header.a}?size={{flow.limit}}"
                        - choice:
                            when:
                              - simple: ${body} == 'a' && ${header.b} > {{flow.limit}}
                                steps:
                                  - stop: {}
                            otherwise:
                              steps:
                                - log: "${body}"
                        - aggregate:
                            correlation-expression:
                              constant: "true"
                            completion-size: "{{flow.limit}}"
                            aggregation-strategy: "#class:org.apache.camel.processor.aggregate.UseLatestAggregationStrategy"
                            steps:
                              - stop: {}
                """;

        assertThat(TestFlows.check("\uFEFF" + yaml.replace("\n", lineEnd))).isEmpty();
    }

    @Test
    void whatIsDeletedIsMissedWhereItIsMentioned() throws IOException {
        Map<String, byte[]> files = TestFlows.shipped();
        files.remove("shared/in-one-commit.camel.yaml");

        List<Mistake> told = new Checker(TestFlows.known()).check(files, Set.of("shared/in-one-commit.camel.yaml"));

        assertThat(told).isNotEmpty().allSatisfy(mistake -> {
            assertThat(mistake.code()).isEqualTo(Code.UNKNOWN_FLOW);
            assertThat(mistake.file()).startsWith("upkeep/");
        });
    }

    @Test
    void allMistakesOfAFileAreToldAtOnce() throws IOException {
        String yaml = """
                - route:
                    id: my-flow
                    routeConfigurationId: set-asid
                    from:
                      uri: timer:a?perid=5
                      steps:
                        - chioce: {}
                        - log:
                            message: ${boddy}
                        - to:
                            uri: exec:ls
                """;

        assertThat(TestFlows.check(yaml)).extracting(Mistake::line).containsExactly(3, 5, 7, 9, 11);
    }
}
