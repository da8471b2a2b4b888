package org.caravanhub.alert;

import org.caravanhub.notice.Dispatch;

/**
 * A dispatch that a channel has not got yet.
 *
 * @param channel its name
 * @param dispatch what it is to get
 */
public record Pending(String channel, Dispatch dispatch) {}
