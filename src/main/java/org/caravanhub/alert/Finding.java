package org.caravanhub.alert;

/**
 * What a rule found: something that is wrong, or that is well again. Flows tell it: {@code ${body.title}}.
 *
 * @param device whose it is; {@code -} if it is about none
 * @param over whether it is well
 * @param title a line
 * @param text what to do
 */
public record Finding(String device, boolean over, String title, String text) {
    /** What is about no device, as {@code notify:} takes it. */
    public static final String NONE = "-";

    /** What is wrong. */
    public static Finding wrong(String device, String title, String text) {
        return new Finding(device, false, title, text);
    }

    /** What is well, so that an alert about it is over. */
    public static Finding well(String device, String title) {
        return new Finding(device, true, title, "");
    }
}
