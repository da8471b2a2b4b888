package org.caravanhub.notice;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Tell the hub's owner something: a notice in the log, on the pages, on the broker, and by push message if one is set up. Returns at once.
 *
 * <p>The body stays as it is.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "notify",
        title = "Notify",
        syntax = "notify:name",
        producerOnly = true,
        remote = false,
        category = {Category.IOT})
public final class NotifyEndpoint extends DefaultEndpoint {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    private final NotifyComponent component;

    @UriPath(description = "What it is about: small letters, digits and -. The last level of the topic.")
    @Metadata(required = true)
    private final String name;

    @UriParam(description = "A line, in which ${...} is filled in. Default: the name.")
    private @Nullable String title;

    @UriParam(description = "Some lines, in which ${...} is filled in. Default: the body.", defaultValue = "${body}")
    private String text = "${body}";

    @UriParam(description = "How soon somebody should look.", enums = "low,normal,high,urgent", defaultValue = "normal")
    private String priority = "normal";

    @UriParam(
            description =
                    "How long the same about the same device is not told again while it is not over; 0 tells each,"
                            + " but with resolved only the first. What gets worse is always told.",
            defaultValue = "0",
            javaType = "java.time.Duration")
    private long again;

    @UriParam(
            description =
                    "Whether it is over, in which ${...} is filled in: true or false. It is told then that it is over."
                            + " Without it, what happened is over by itself.")
    private @Nullable String resolved;

    @UriParam(
            description = "After how long without being said again it is over by itself. Not with resolved.",
            defaultValue = "86400000",
            javaType = "java.time.Duration")
    private long closes = Manner.CLOSES.toMillis();

    @UriParam(
            description = "The device that it is about, in which ${...} is filled in; - for none. Default: the one that"
                    + " the flow began with.")
    private @Nullable String device;

    NotifyEndpoint(String uri, NotifyComponent component, String name) {
        super(uri, component);
        this.component = component;
        this.name = name;
    }

    /**
     * Looks at the options before anything runs.
     *
     * @throws IllegalArgumentException naming what cannot be
     */
    void check() {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "notify:" + name + " is no name; it has small letters, digits and -, at most 64");
        }
        Priority.of(priority);
        titleExpression();
        textExpression();
        resolvedPredicate();
        deviceExpression();
        if (again < 0 || closes < 0) {
            throw new IllegalArgumentException("notify:" + name + " has a negative time; write again: 6h");
        }
    }

    @Override
    public Producer createProducer() {
        return new NotifyProducer(this, component);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new IllegalArgumentException("notify: tells something; a flow cannot start from it");
    }

    Expression titleExpression() {
        return simple(title == null ? spoken(name) : title);
    }

    Expression textExpression() {
        return simple(text);
    }

    /** Whether it is over; empty if nobody says when it is. */
    Optional<Predicate> resolvedPredicate() {
        return Optional.ofNullable(resolved)
                .map(text -> getCamelContext().resolveLanguage("simple").createPredicate(text));
    }

    /** A device id; empty for the one that the flow began with. */
    Optional<Expression> deviceExpression() {
        return Optional.ofNullable(device).map(this::simple);
    }

    /** How it is told again and how it ends. */
    Manner manner() {
        return new Manner(resolved != null, Duration.ofMillis(again), Duration.ofMillis(closes));
    }

    private Expression simple(String expression) {
        return getCamelContext().resolveLanguage("simple").createExpression(expression);
    }

    /** {@code low-battery} is "Low battery". */
    private static String spoken(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1).replace('-', ' ');
    }

    public String getName() {
        return name;
    }

    public @Nullable String getTitle() {
        return title;
    }

    public void setTitle(@Nullable String title) {
        this.title = title;
    }

    public String getText() {
        return text;
    }

    public void setText(String text) {
        this.text = text;
    }

    public String getPriority() {
        return priority;
    }

    public void setPriority(String priority) {
        this.priority = priority;
    }

    public long getAgain() {
        return again;
    }

    public void setAgain(long again) {
        this.again = again;
    }

    public @Nullable String getResolved() {
        return resolved;
    }

    public void setResolved(@Nullable String resolved) {
        this.resolved = resolved;
    }

    public long getCloses() {
        return closes;
    }

    public void setCloses(long closes) {
        this.closes = closes;
    }

    public @Nullable String getDevice() {
        return device;
    }

    public void setDevice(@Nullable String device) {
        this.device = device;
    }
}
