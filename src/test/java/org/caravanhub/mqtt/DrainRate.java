package org.caravanhub.mqtt;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;

/**
 * How fast a consumer takes what waits for it: not a test, run by hand. Arguments: a program that publishes
 * {@code --host H --port P --count N}, the number of messages, and how many rounds. Prints one line a round; the first is cold.
 */
final class DrainRate {
    private DrainRate() {}

    public static void main(String[] arguments) throws Exception {
        String load = arguments[0];
        int count = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        int batch = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 500;
        System.out.flush();
        try (TestMosquitto mosquitto = TestMosquitto.open().start();
                DefaultCamelContext camel = new DefaultCamelContext()) {
            MqttComponent mqtt = new MqttComponent();
            mqtt.setBrokerUrl(mosquitto.url());
            mqtt.setDeadLetter("direct:dead");
            camel.addComponent("mqtt", mqtt);
            AtomicInteger seen = new AtomicInteger();
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("mqtt:paku/#?batch=" + batch)
                            .routeId("drain")
                            .process(exchange -> seen.addAndGet(
                                    exchange.getMessage().getBody() instanceof List<?> list ? list.size() : 1));
                }
            });
            camel.start();
            Await.until("subscribed", Duration.ofSeconds(10), () -> mqtt.states()
                    .get(0)
                    .subscribed());
            for (int round = 0; round < rounds; round++) {
                camel.getRouteController().stopRoute("drain");
                seen.set(0);
                new ProcessBuilder(
                                load,
                                "--host",
                                "127.0.0.1",
                                "--port",
                                "" + mosquitto.port(),
                                "--count",
                                "" + count,
                                "--raw",
                                "1",
                                "--conns",
                                "4",
                                "--seq-start",
                                "" + round * count)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
                long cpuBefore = cpuNanos();
                long begin = System.nanoTime();
                camel.getRouteController().startRoute("drain");
                Await.until("drained", Duration.ofSeconds(15), () -> seen.get() >= count);
                double seconds = (System.nanoTime() - begin) / 1e9;
                System.out.printf(
                        "round %d: %d messages in %.2f s = %.0f/s, %.2f CPU s, %d received%n",
                        round,
                        seen.get(),
                        seconds,
                        seen.get() / seconds,
                        (cpuNanos() - cpuBefore) / 1e9,
                        mqtt.states().get(0).received());
            }
        }
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
