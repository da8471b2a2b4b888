package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.util.OptionalInt;
import java.util.Set;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Problem;
import org.caravanhub.ota.Audience;
import org.caravanhub.ota.Plan;
import org.caravanhub.ota.RolloutDraft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody wants of a rollout, as it stands in a body. */
class RolloutRequestTest {
    @Test
    void whatIsLeftOutIsCareful() {
        RolloutDraft draft = read("{\"model\":\"hut\",\"version\":\"1.4.0\"}");

        assertThat(draft.name()).isEqualTo("hut 1.4.0");
        assertThat(draft.audience()).isEqualTo(new Audience.All());
        assertThat(draft.plan().rings()).containsExactly(new Plan.Ring("", 100, 90, Duration.ZERO));
        assertThat(draft.plan().stop()).isEqualTo(Plan.STOP);
        assertThat(draft.plan().healthyFor()).isEqualTo(Plan.HEALTHY_FOR);
        assertThat(draft.plan().unknownChargeWaits()).isTrue();
        assertThat(draft.plan().allowsDowngrade()).isFalse();
        assertThat(draft.isPaused()).isFalse();
    }

    @Test
    void everythingThatCanBeSaidIsUnderstood() {
        RolloutDraft draft = read("""
                {"name":"spring","model":"hut","version":"1.4.0","audience":{"devices":["hut-door"],"macs":["de:ba:7a:b1:e0:42"]},
                 "rings":[{"group":"van","percent":10,"success":80,"soak":"30m"},{"percent":100}],
                 "at_once":3,"least_charge":40.5,"unknown_charge_waits":false,"window":{"from":"22:00","until":"06:00"},
                 "healthy_for":"5m","patience":"2h","pause_on":{"failures":1,"percent":0},"return_failed":true,"allow_downgrade":true,
                 "paused":true}""");

        assertThat(draft.audience()).isEqualTo(new Audience.Specific(Set.of("hut-door"), Set.of("DEBA7AB1E042")));
        assertThat(draft.plan().rings())
                .containsExactly(
                        new Plan.Ring("van", 10, 80, Duration.ofMinutes(30)),
                        new Plan.Ring("", 100, 90, Duration.ZERO));
        assertThat(draft.plan().atOnce()).isEqualTo(OptionalInt.of(3));
        assertThat(draft.plan().leastCharge()).hasValue(40.5);
        assertThat(draft.plan().window()).hasValue(new Plan.Window(LocalTime.of(22, 0), LocalTime.of(6, 0)));
        assertThat(draft.plan().stop()).isEqualTo(new Plan.Stop(1, 0));
        assertThat(draft.isPaused()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "percentage":-1                       | percentage must be a whole number from 0 to 100.
                    "percentage":101                      | percentage must be a whole number from 0 to 100.
                    "percentage":1e99                     | percentage must be a whole number from 0 to 100.
                    "percentage":"50"                     | percentage must be a whole number from 0 to 100.
                    "percentage":NaN                      | The body is not understood
                    "percentige":50                       | There is no member "percentige".
                    "audience":{"kind":"canari"}          | audience.kind is not one of its words.
                    "audience":{"kind":"group"}           | It does not say which group.
                    "audience":{"kind":"devices"}         | It does not say which devices.
                    "audience":{"devices":["a/b"]}        | "a/b" is no device id
                    "audience":{"macs":["12:34"]}         | "1234" is no address.
                    "audience":{"kind":"all","group":"x"} | It names devices or a group, and is of another kind.
                    "rings":[{"percent":101}]             | rings[0].percent must be a whole number from 0 to 100.
                    "rings":[{"soak":"31d"}]              | rings[0].soak must be a length of time from 0s to 30d.
                    "rings":[{"sook":"1m"}]               | There is no member "rings[0].sook".
                    "rings":[7]                           | rings[0] must be an object.
                    "rings":{}                            | rings must be a list of at most 20 objects.
                    "least_charge":101                    | least_charge must be a number from 0 to 100.
                    "at_once":0                           | at_once must be a whole number from 1 to 10000.
                    "window":{"from":"22:00"}             | window.until is no time of day.
                    "window":{"from":"25:00","until":"1"} | window.from is no time of day.
                    "window":{"from":"06:00","until":"06:00"} | The window ends when it begins.
                    "healthy_for":"often"                 | healthy_for must be a length of time from 0s to 1d.
                    "patience":"0s"                       | patience must be a length of time from 1s to 30d.
                    "pause_on":{"percent":-1}             | pause_on.percent must be a whole number from 0 to 100.
                    "return_failed":"yes"                 | return_failed is neither true nor false.
                    "name":"a/b"                          | A name has no slash.
                    """)
    void whatMakesNoSenseIsRefusedWithWhatWould(String member, String message) {
        assertThatThrownBy(() -> read("{\"model\":\"hut\",\"version\":\"1.4.0\"," + member + "}"))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.faults())
                        .extracting(Fault::message)
                        .anySatisfy(text -> assertThat(text).startsWith(message)));
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        assertThatThrownBy(() -> read("{\"modell\":\"hut\",\"percentage\":101,\"return_failed\":1}"))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.faults()).hasSize(5);
                    assertThat(problem.faults()).extracting(Fault::hint).contains("did you mean model?", "0 to 100");
                });
    }

    @Test
    void twoTimesThatAreNoneAreNotCalledTheSame() {
        assertThatThrownBy(() ->
                        read("{\"model\":\"hut\",\"version\":\"1\",\"window\":{\"from\":\"22\",\"until\":\"06\"}}"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.faults()).hasSize(2));
    }

    private static RolloutDraft read(String json) {
        return RolloutRequest.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
