// SPDX-License-Identifier: Apache-2.0
package hudson;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Stands for {@code hudson.ExtensionList} of Jenkins' core: makes one of a class, and keeps it. */
public abstract class ExtensionList<T> {
    private static final Map<Class<?>, Object> SINGLETONS = new ConcurrentHashMap<>();

    private ExtensionList() {}

    /** The only one of its class. */
    public static <U> U lookupSingleton(Class<U> type) {
        return type.cast(SINGLETONS.computeIfAbsent(type, ExtensionList::make));
    }

    private static Object make(Class<?> type) {
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Expected 1 instance of " + type.getName() + " but got 0", e);
        }
    }
}
