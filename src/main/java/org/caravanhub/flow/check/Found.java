package org.caravanhub.flow.check;

import java.util.Optional;
import org.caravanhub.flow.FlowDocument;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Something in a flow file that is to be held against what there is. */
sealed interface Found {
    /** The flow, policy or template that it is in. */
    FlowDocument.Entry entry();

    /**
     * A place that a flow begins at or sends to.
     *
     * @param uri as it stands there
     * @param parameters its options, if they stand by themselves
     * @param role how it is used
     */
    record Endpoint(FlowDocument.Entry entry, ScalarNode uri, Optional<MappingNode> parameters, Role role)
            implements Found {
        enum Role {
            START,
            SEND,
            /** Sends to what an expression says. */
            SEND_DYNAMIC
        }
    }

    /**
     * An expression in a language.
     *
     * @param language its name; {@code at} is where that stands
     * @param text the expression itself; none in a language that has none, as {@code tokenize}
     * @param isPredicate whether it is to be true or false
     */
    record Expression(
            FlowDocument.Entry entry, String language, ScalarNode at, Optional<ScalarNode> text, boolean isPredicate)
            implements Found {}

    /**
     * A call of a bean, or a mention of one.
     *
     * @param name how it is called
     * @param method which of its methods, with parameters perhaps
     */
    record Bean(FlowDocument.Entry entry, ScalarNode name, Optional<ScalarNode> method) implements Found {}

    /** The name of a class. */
    record ClassName(FlowDocument.Entry entry, ScalarNode name, boolean isException) implements Found {}

    /** The id of a flow, policy, template or step. */
    record Id(FlowDocument.Entry entry, ScalarNode name, boolean isEntry) implements Found {}

    /** A mention of a policy or template by its id. */
    record Link(FlowDocument.Entry entry, String kind, ScalarNode name) implements Found {}

    /**
     * Any text that Camel looks for placeholders in.
     *
     * @param isEvaluated whether <code>${..}</code> in it is evaluated, or may be
     */
    record Text(FlowDocument.Entry entry, ScalarNode text, boolean isEvaluated) implements Found {}

    /** A data format or another thing whose kind stands at its name. */
    record Format(FlowDocument.Entry entry, ScalarNode name) implements Found {}
}
