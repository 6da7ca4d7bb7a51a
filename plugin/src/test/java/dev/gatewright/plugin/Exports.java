// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import java.beans.Introspector;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What Stapler exports of a bean: the properties that are marked, and those of beans in properties that are inline. */
final class Exports {
    private Exports() {}

    static Map<String, Object> of(Object bean) throws ReflectiveOperationException {
        if (bean.getClass().getAnnotation(ExportedBean.class) == null) {
            throw new IllegalArgumentException(bean.getClass() + " is no @ExportedBean");
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Method getter : bean.getClass().getMethods()) {
            Exported exported = getter.getAnnotation(Exported.class);
            if (exported != null) {
                Object value = getter.invoke(bean);
                if (value instanceof List<?> list && exported.inline()) {
                    java.util.List<Object> inner = new java.util.ArrayList<>();
                    for (Object each : list) {
                        inner.add(of(each));
                    }
                    value = inner;
                }
                properties.put(Introspector.decapitalize(getter.getName().replaceFirst("^(get|is)", "")), value);
            }
        }
        return properties;
    }
}
