package org.caravanhub.flow.check;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.component.bean.BeanComponent;

/** What Camel needs for the step {@code bean:}, and no more: an address {@code bean:} is refused, since it makes objects of any class. */
final class BeansOfSteps extends BeanComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        throw Fence.refusal("component", "bean");
    }
}
