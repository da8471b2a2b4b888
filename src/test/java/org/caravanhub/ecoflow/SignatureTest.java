package org.caravanhub.ecoflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import org.caravanhub.ecoflow.fake.FakeEcoFlowCloud;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first vector is EcoFlow's own; the others were reckoned by the same rule. */
class SignatureTest {
    private static final Keys KEYS = FakeEcoFlowCloud.KEYS;
    private static final String NONCE = "345164";
    private static final long MILLIS = 1_671_171_709_428L;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"sn\":\"123456789\",\"params\":{\"cmdSet\":11,\"id\":24,\"eps\":0}}|params.cmdSet=11&params.eps=0&params.id=24&sn=123456789|07c13b65e037faf3b153d51613638fa80003c4c38d2407379a7f52851af1473e",
                "{}|``|4409ae9efeaf0be9b8b48f02ebef8e804387e745e513588c136955606ca496f5",
                "{\"sn\":\"123456789\"}|sn=123456789|2296b02874dc12a165e0691e8f0c76c4424c582b335b48cd9c95518bebefbef5",
                "{\"sn\":\"DCABZ0123456789\"}|sn=DCABZ0123456789|f36948fe57bc7e1e9ef1ab8fc89f7213b5ed69126cba986b1184976bf80368cf",
                "{\"name\":\"demo1\",\"ids\":[1,2,3],\"deviceInfo\":{\"id\":1},\"deviceList\":[{\"id\":1},{\"id\":2}]}|deviceInfo.id=1&deviceList[0].id=1&deviceList[1].id=2&ids[0]=1&ids[1]=2&ids[2]=3&name=demo1|56ef45c3f12108cea96a899d5f6babdec278da1481b98561e77ced90fafcebea"
            })
    void isWhatEcoFlowReckons(String body, String text, String signature) throws Exception {
        Map<String, String> flat = Signature.flat(JsonMapper.builder().build().readTree(body));

        assertThat(Signature.text(flat)).isEqualTo(text);
        assertThat(Signature.of(flat, KEYS, NONCE, MILLIS)).isEqualTo(signature);
    }

    @Test
    void capitalsComeBeforeSmallLettersAndNothingIsEncoded() {
        assertThat(Signature.text(Map.of("a", "ü b&c", "B", "2", "_", "3"))).isEqualTo("B=2&_=3&a=ü b&c");
    }

    @Test
    void keysAreNotTold() {
        assertThat(KEYS.toString()).doesNotContain(KEYS.access()).doesNotContain(KEYS.secret());
    }
}
