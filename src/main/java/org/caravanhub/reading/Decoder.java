package org.caravanhub.reading;

import java.util.List;
import org.caravanhub.message.Message;

/**
 * Understands what one family of devices says. Flows call it by name:
 *
 * <pre>{@code
 * - bean:
 *     id: decode-paku-data
 *     ref: pakuData
 *     method: decode
 * }</pre>
 *
 * <p>A decoder never throws: what it cannot understand is a {@link Malformed}, and so is what fails by a mistake of its own. Each
 * message gives at least one outcome, in the order of the messages. Safe for several threads.
 */
public interface Decoder {
    /** The outcomes of messages that arrived together. The one method named so, so that Camel need not choose. */
    List<Outcome> decode(List<Message> messages);

    /** The outcomes of one message. */
    List<Outcome> decodeOne(Message message);
}
