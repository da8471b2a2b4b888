package org.caravanhub.api;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.caravanhub.command.Acknowledgement;
import org.caravanhub.command.AcknowledgementReader;
import org.caravanhub.command.Command;
import org.caravanhub.command.Courier;
import org.caravanhub.command.DesiredConfiguration;
import org.caravanhub.command.Wording;
import org.caravanhub.exchange.Notes;
import org.caravanhub.message.Message;
import org.caravanhub.mqtt.MqttConstants;
import org.caravanhub.store.Commands;
import org.caravanhub.text.Quoted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the flows in {@code routes/command} do with commands, as the bean {@code commandFlows}. */
public final class CommandFlows {
    /** An exchange property: the command was written, and what follows may send it. */
    static final String WRITTEN = "CaravanCommandWritten";

    private static final Logger LOG = LoggerFactory.getLogger(CommandFlows.class);

    private final Commands commands;
    private final Courier courier;
    private final Wording wording;
    private final Clock clock;

    CommandFlows(Commands commands, Courier courier, Wording wording, Clock clock) {
        this.commands = commands;
        this.courier = courier;
        this.wording = wording;
        this.clock = clock;
    }

    /** Writes the command that is the body in its device's words, and says where it goes and for how long it is worth anything. */
    public void write(Exchange exchange) throws InvalidPayloadException {
        Command command = exchange.getMessage().getMandatoryBody(Command.class);
        long seconds = courier.seconds(command);
        if (seconds < 1) {
            throw new IllegalStateException("its time is up");
        }
        exchange.getMessage().setBody(wording.write(command, clock.instant()));
        exchange.getMessage()
                .setHeader(MqttConstants.OVERRIDE_TOPIC, command.order().topic());
        exchange.getMessage().setHeader(MqttConstants.MESSAGE_EXPIRY, seconds);
        exchange.setProperty(WRITTEN, true);
    }

    /** Writes how a device should be configured, which is the body, and says where it goes; nothing if it is to be taken from there. */
    public void configure(Exchange exchange) throws InvalidPayloadException {
        DesiredConfiguration desired = exchange.getMessage().getMandatoryBody(DesiredConfiguration.class);
        exchange.getMessage().setBody(desired.document().getBytes(StandardCharsets.UTF_8));
        exchange.getMessage().setHeader(MqttConstants.OVERRIDE_TOPIC, desired.topic());
    }

    /**
     * Notes what a device says of a command.
     *
     * @throws IllegalArgumentException if what must be an acknowledgement of a command is none
     */
    public void acknowledge(Exchange exchange) {
        for (Object began : exchange.getProperty(Notes.MESSAGES, List.of(), List.class)) {
            Message message = (Message) began;
            Optional<Acknowledgement> said = AcknowledgementReader.read(message);
            if (said.isPresent()) {
                note(message, said.get());
            }
        }
    }

    private void note(Message message, Acknowledgement said) {
        Optional<Commands.Noted> noted = commands.acknowledge(said, clock.instant());
        if (noted.isPresent()) {
            if (noted.get().isChanged()) {
                courier.changed(noted.get().command());
            }
            courier.heard(said.device());
        } else if (message.topic().startsWith("caravan/")) {
            throw new IllegalArgumentException("it acknowledges the command " + Quoted.of(said.reference()) + ", which "
                    + said.device() + " was never sent");
        } else {
            // The flow of the family keeps it as an event.
            LOG.debug("command=refused device={} reference={}", said.device(), Quoted.of(said.reference()));
        }
    }
}
