package org.caravanhub.flow.check;

import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.spi.Language;
import org.apache.camel.support.LanguageSupport;
import org.apache.camel.support.builder.ExpressionBuilder;
import org.apache.camel.support.builder.PredicateBuilder;

/** Stands for a language that would make or call objects. */
final class InertLanguage extends LanguageSupport implements Language {
    @Override
    public Predicate createPredicate(String expression) {
        return PredicateBuilder.constant(false);
    }

    @Override
    public Expression createExpression(String expression) {
        return ExpressionBuilder.constantExpression("");
    }

    @Override
    public Predicate createPredicate(String expression, Object[] properties) {
        return createPredicate(expression);
    }

    @Override
    public Expression createExpression(String expression, Object[] properties) {
        return createExpression(expression);
    }
}
