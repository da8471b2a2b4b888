package org.caravanhub.flow.check;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.camel.BeanScope;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.spi.BeanProcessorFactory;
import org.jspecify.annotations.Nullable;

/** Beans that a flow can be built with and that do nothing: whether they are there was looked at before. */
final class InertBeans implements BeanProcessorFactory {
    @Override
    public Processor createBeanProcessor(CamelContext camel, Object bean, Method method) {
        return exchange -> {};
    }

    @Override
    public Processor createBeanProcessor(
            CamelContext camel,
            Object bean,
            @Nullable String beanType,
            @Nullable Class<?> type,
            @Nullable String ref,
            @Nullable String method,
            @Nullable BeanScope scope) {
        return exchange -> {};
    }

    /** Something that is whatever the class is as far as interfaces tell. */
    static Object standIn(Class<?> type) {
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        if (type.isInterface()) {
            interfaces.add(type);
        }
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Class<?> any : each.getInterfaces()) {
                interfaces.add(any);
            }
        }
        interfaces.removeIf(any -> !java.lang.reflect.Modifier.isPublic(any.getModifiers()) || any.isSealed());
        return interfaces.isEmpty()
                ? new Object()
                : Proxy.newProxyInstance(
                        InertBeans.class.getClassLoader(),
                        interfaces.toArray(Class<?>[]::new),
                        (proxy, method, arguments) -> answer(type, proxy, method, arguments));
    }

    private static @Nullable Object answer(Class<?> type, Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> arguments != null && proxy == arguments[0];
            case "toString" -> "stand-in for " + type.getSimpleName();
            // A policy that is asked to wrap something leaves it as it is.
            case "wrap" -> arguments == null ? null : arguments[arguments.length - 1];
            default -> nothing(method.getReturnType());
        };
    }

    private static @Nullable Object nothing(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class || type == long.class) {
            return java.lang.reflect.Array.get(java.lang.reflect.Array.newInstance(type, 1), 0);
        }
        return null;
    }
}
