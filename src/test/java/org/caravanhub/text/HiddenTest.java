package org.caravanhub.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HiddenTest {
    private static final String ALPHABET =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%\"\\& äöß'<>:=+/@#!{}$;,~€";

    /** Each way to write a secret that programs around a hub have. */
    private static final List<UnaryOperator<String>> WAYS = List.of(
            secret -> secret,
            secret -> "password is " + secret + ", they say",
            secret -> "http://host/?a=" + URLEncoder.encode(secret, StandardCharsets.UTF_8) + "&b=1",
            secret -> "http://host/"
                    + URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"),
            secret -> "{\"any\":\"" + secret.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}",
            secret -> "<a b=\""
                    + secret.replace("&", "&amp;")
                            .replace("<", "&lt;")
                            .replace(">", "&gt;")
                            .replace("\"", "&quot;") + "\"/>",
            secret -> "any: '" + secret.replace("'", "''") + "'",
            secret -> "Authorization: Basic " + base64("hut:" + secret),
            secret -> "header x " + base64(secret),
            secret -> "header y " + base64("ab" + secret + "c"),
            secret -> Plain.line("line\n" + secret + "\u001b[0m"),
            secret -> Quoted.of(secret + " and much more"));

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Thousands of texts; a seed that fails is in the message. */
    @Test
    void aKnownSecretIsFoundHoweverItIsWritten() {
        Random random = new Random(8);
        for (int i = 0; i < 300; i++) {
            String secret = secret(random, i % 10 == 0 ? 200 : 8 + random.nextInt(30));
            Hidden.never(secret);
            for (int way = 0; way < WAYS.size(); way++) {
                String shown = Hidden.in(WAYS.get(way).apply(secret));
                assertThat(shown).as("secret %s, way %d", secret, way).contains(Hidden.INSTEAD);
                assertThat(shown).as("secret %s, way %d", secret, way).doesNotContain(secret.substring(2, 7));
            }
        }
    }

    private static String secret(Random random, int length) {
        StringBuilder secret = new StringBuilder();
        while (secret.length() < length) {
            secret.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return secret.toString();
    }

    @Test
    void whatIsShortIsFoundToo() {
        Hidden.never("k#9ü");
        assertThat(Hidden.in("a k#9ü b k%239%C3%BC c k#9\\u00fc")).isEqualTo("a *** b *** c ***");
    }

    @Test
    void twoThatOverlapLeaveNothing() {
        Hidden.never("first-and-mid");
        Hidden.never("mid-and-last");
        assertThat(Hidden.in("<first-and-mid-and-last>")).isEqualTo("<***>");
    }

    /** Others begin as it does. */
    @Test
    void anAddressIsHiddenAsAWhole() {
        Hidden.never("http://127.0.0.1:1880/quite-a-secret-path");
        assertThat(Hidden.in("http://127.0.0.1:8080/api and http://127.0.0.1:1880/quite-a-secret-path"))
                .isEqualTo("http://127.0.0.1:8080/api and ***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "caravan.mqtt.password = Zq7 w&x\"y",
                "caravan.db.password=Zq7wxy",
                "password: Zq7wxy",
                "  - api_key: 'Zq7 wxy'",
                "password: |\n    Zq7wxy\n    Zq7wxy\nnext: 1",
                "{\"a\":1,\"password\":\"Zq7 w\\\"Zq7\",\"b\":2}",
                "{\\\"token\\\":\\\"Zq7wxy\\\"}",
                "{password=Zq7wxy, user=hut}",
                "uri: http:host/x?user=a&password=Zq7wxy&b=c",
                "http://host/p?access_token=Zq7wxy",
                "tcp://hut:Zq7wxy@broker:1883",
                "jdbc:postgresql://hut:Zq7/w@xy@host:5432/db?sslmode=require",
                "http%3A%2F%2Fhut%3AZq7wxy%40host",
                "Authorization: Basic Zq7wxyZq7w==",
                "Authorization=Bearer Zq7wxy",
                "{Authorization=[Bearer Zq7wxyZq7]}",
                "Authorization: Digest username=\"Zq7wxy\", response=\"Zq7wxy\"",
                "X-Api-Key: Zq7wxy",
                "Cookie: a=Zq7wxy; b=Zq7wxy",
                "sent Bearer Zq7wxyZq7wxy twice",
                "remote_password Zq7wxy",
                "mosquitto_pub -h x --password Zq7wxy -t y",
                "<password>Zq7wxy</password>",
                "<login password=\"Zq7wxy\"/>",
                "GET /f?key=Zq7wxy",
                "the token was Zq7wxyabcdef0123456789",
                "AGE-SECRET-KEY-1ZQ7WXY",
                "eyJhbGciOiJIUzI1NiJ9.Zq7wxy.Zq7wxy",
                "-----BEGIN PRIVATE KEY-----\nZq7wxy\nZq7wxy\n-----END PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\\nZq7wxy\\nZq7wxy",
                "Environment=CARAVAN_MQTT_PASSWORD=Zq7wxy",
                "CARAVAN_SECRET_HUT=Zq7wxy",
                "passphrase => Zq7wxy",
                "pass: Zq7wxy",
                "X-Auth: Zq7wxy",
                "- setHeader:\n    name: Authorization\n    constant: Bearer Zq7wxy\n",
                "- setHeader:\n    constant: Zq7wxy\n    name: X-Auth-Token\n",
                "- setProperty:\n    name: password\n    expression:\n      constant:\n        expression: Zq7wxy\n",
                "to: https://api.telegram.org/bot123456789:Zq7wxyZq7wxyZq7wxyZq7wxy/sendMessage",
                "to: https://hooks.slack.com/services/T00/B00/Zq7wxyZq7wxy",
                "uri: https://host/a?sig=Zq7wxy&x=1",
                "mosquitto_pub -h x -u y -P Zq7wxy -t z",
            })
    void whatLooksLikeASecretIsHidden(String text) {
        String shown = Hidden.andAlike(text);
        assertThat(shown).contains(Hidden.INSTEAD).doesNotContainIgnoringCase("Zq7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.caravanhub.secret.SecretFunction.apply(SecretFunction.java:31)",
                "2026-06-01T12:00:00.000Z INFO  store.GroupCommit commits=12 rows=800 took_ms=3",
                "  password: \"{{secret:hut-broker}}\"",
                "caravan.mqtt.password = (set, 24 characters)",
                "http://127.0.0.1:8080/api/v1/health",
                "admin token was open to others, closed file=/var/lib/caravan/admin.token",
                "devices=12 basic understanding of it",
                "- setHeader:\n    name: CamelHttpMethod\n    constant: POST\n",
                "- setHeader:\n    name: Authorization\n    simple: ${header.hut}\n",
            })
    void whatIsNoSecretIsLeft(String text) {
        assertThat(Hidden.andAlike(text)).isEqualTo(text);
    }

    /** A line of a log may be as long as a payload. */
    @Test
    void aLongTextTakesNeitherStackNorTime() {
        String text = ("password=" + "a&b".repeat(20_000) + " token:\"" + "x\\\"".repeat(20_000)).repeat(3);
        assertThat(Hidden.andAlike(text)).contains(Hidden.INSTEAD);
        assertThat(Hidden.andAlike("secret ".repeat(50_000))).isNotEmpty();
        assertThat(Hidden.andAlike("http://" + "a@".repeat(50_000))).contains(Hidden.INSTEAD);
    }
}
