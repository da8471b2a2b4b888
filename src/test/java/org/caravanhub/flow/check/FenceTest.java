package org.caravanhub.flow.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no file says, since a message does: addresses that are made while the hub runs. */
class FenceTest {
    @TempDir
    Path data;

    private final CamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void aHub() throws Exception {
        Fence.around(camel, new FileRule(data.resolve("files")), Map.of("secret", name -> "of " + name));
        camel.start();
        Files.writeString(data.resolve("admin.token"), "a secret");
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec:date",
                "bean:java.lang.Runtime",
                "class:java.lang.Runtime",
                "language:simple:a",
                "controlbus:route?routeId=a&action=stop",
                "file:/etc",
                "file:../",
                "file:a/../..",
                "file:a?fileName=../../admin.token",
                "file:a?fileName=/etc/passwd",
                "file:a?jailStartingDirectory=false",
                "file:%2e%2e",
                "FILE:/etc",
                "seda:a?queueFactory=#class:java.lang.ProcessBuilder",
                "seda:a?queue=#class:java.util.concurrent.LinkedBlockingQueue",
                "log:{{sys:user.home}}",
                "log:{{env:HOME}}",
                "log:{{service:a}}",
                "log:{{bean:a.b}}"
            })
    void anAddressFromAMessageIsHeldAgainstTheSameList(String address) throws Exception {
        try (ProducerTemplate sender = camel.createProducerTemplate()) {
            assertThatThrownBy(() -> sender.sendBody(address, "x")).isInstanceOf(RuntimeException.class);
        }
        assertThat(Files.readString(data.resolve("admin.token"))).isEqualTo("a secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"groovy", "js", "language", "spel", "xpath"})
    void alanguageThatRunsCodeIsRefused(String language) {
        assertThatThrownBy(() -> camel.resolveLanguage(language)).hasMessageContaining("may not be used");
    }

    /** Settings were read from it, and are in their one form by now. */
    @Test
    void whatIsInTheEnvironmentIsNoPlaceholder() {
        CamelContext starting = new DefaultCamelContext();
        Fence.around(starting, new FileRule(data.resolve("files")), Map.of());

        assertThat(System.getenv()).containsKey("PATH");
        assertThatThrownBy(() -> starting.resolvePropertyPlaceholders("{{path}}"))
                .hasStackTraceContaining("path");
    }

    /** The sender of a message would read the passwords of the hub with it. */
    @Test
    void whatAMessageSaysIsNoPlaceholder() throws Exception {
        camel.addRoutes(new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                from("seda:heard").id("heard").log("heard");
                from("direct:dynamic").id("dynamic").toD("seda:of-${body}");
                from("direct:list").id("list").recipientList(simple("seda:of-${body}"));
                from("direct:tap").id("tap").wireTap("seda:of-${body}");
                from("direct:written").id("written").toD("seda:{{secret:written}}-${body}");
            }
        });
        try (ProducerTemplate sender = camel.createProducerTemplate()) {
            assertThatThrownBy(() -> sender.sendBody("direct:dynamic", "{{secret:mail}}"))
                    .isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> sender.sendBody("direct:list", "{{secret:mail}}"))
                    .isInstanceOf(RuntimeException.class);
            sender.sendBody("direct:tap", "{{secret:mail}}");
            sender.sendBody("direct:tap", "last");
            sender.sendBody("direct:written", "a");
            org.caravanhub.Await.until(
                    "the tap was sent", java.time.Duration.ofSeconds(20), () -> camel.getEndpoints().stream()
                            .anyMatch(endpoint -> endpoint.getEndpointUri().equals("seda://of-last")));
        }
        assertThat(camel.getEndpoints().stream().map(Object::toString).toList())
                .contains("seda://of%20written-a")
                .noneMatch(uri -> uri.contains("mail"));
    }

    @Test
    void anExpressionIsNotReadFromAFile() {
        String resource = "resource:file:" + data.resolve("admin.token");

        assertThatThrownBy(() -> camel.resolveLanguage("simple").createExpression(resource))
                .hasStackTraceContaining("may not be used");
        assertThatThrownBy(() -> camel.resolveLanguage("constant").createExpression(resource))
                .hasStackTraceContaining("may not be used");
    }

    @Test
    void aClassIsFoundOnlyIfFlowsMayNameIt() {
        assertThat(camel.getClassResolver().resolveClass("java.lang.Runtime")).isNull();
        assertThat(camel.getClassResolver().resolveClass("javax.script.ScriptEngineManager"))
                .isNull();
        assertThat(camel.getClassResolver().resolveClass("java.lang.String")).isEqualTo(String.class);
        assertThat(camel.getClassResolver().resolveClass("java.io.IOException")).isEqualTo(java.io.IOException.class);
    }

    @Test
    void filesAreWrittenInTheFolderForFlows() throws Exception {
        try (ProducerTemplate sender = camel.createProducerTemplate()) {
            sender.sendBody("file:export?fileName=a.txt", "hello");
        }

        assertThat(data.resolve("files/export/a.txt")).hasContent("hello");
    }

    @Test
    void aNameThatAMessageChoosesStaysInTheFolder() throws Exception {
        try (ProducerTemplate sender = camel.createProducerTemplate()) {
            assertThatThrownBy(() -> sender.sendBodyAndHeader("file:export", "x", "CamelFileName", "../../admin.token"))
                    .isInstanceOf(RuntimeException.class);
        }

        assertThat(Files.readString(data.resolve("admin.token"))).isEqualTo("a secret");
    }

    @Test
    void aLinkOutOfTheFolderIsNotFollowed() throws Exception {
        Files.createDirectories(data.resolve("files"));
        Files.createSymbolicLink(data.resolve("files/out"), data);

        try (ProducerTemplate sender = camel.createProducerTemplate()) {
            assertThatThrownBy(() -> sender.sendBody("file:out?fileName=admin.token", "x"))
                    .hasRootCauseMessage("\"out\" is a link to what flows may not reach; flows read and write below "
                            + data.resolve("files"));
        }
    }

    @Test
    void secretsAreTheOnlyFunction() {
        assertThat(camel.resolvePropertyPlaceholders("{{secret:mail}}")).isEqualTo("of mail");
    }
}
