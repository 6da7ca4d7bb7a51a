// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.pipelinelibrary;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.SerializableScript;
import groovy.lang.Closure;
import groovy.lang.MissingMethodException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.codehaus.groovy.runtime.InvokerHelper;

/** The base class of scripts under CPS: steps leave the script, with all that is left to do, and global variables are found by their names. */
public abstract class PipelineScript extends SerializableScript {
    /** With what a script leaves itself. */
    record Call(String name, List<Object> arguments) implements Serializable {}

    /** The step that begins a block. */
    static final String ENTER = "enterBlock";
    /** The step that ends it. */
    static final String LEAVE = "leaveBlock";

    private static final String BLOCKS = "Blocks";

    @Override
    public Object invokeMethod(String name, Object arguments) {
        Object[] values = (Object[]) arguments;
        if (Build.BLOCKS.contains(name)) {
            int body = values.length - 1;
            Object[] all = {name, Arrays.asList(Arrays.copyOf(values, body)), (Closure<?>) values[body]};
            return InvokerHelper.invokeMethod(variable(BLOCKS), "call", all);
        }
        if (Build.STEPS.contains(name) || name.equals(ENTER) || name.equals(LEAVE)) {
            return Continuable.suspend(name, new Call(name, Arrays.asList(values)));
        }
        Object variable = variable(name);
        if (variable == null) {
            throw new MissingMethodException(name, getClass(), values);
        }
        return InvokerHelper.invokeMethod(variable, "call", values);
    }

    @Override
    public Object getProperty(String name) {
        Object known = Cps.build().property(name);
        Object variable = known == null ? variable(name) : known;
        return variable == null ? super.getProperty(name) : variable;
    }

    /** A script in the library's {@code vars}. */
    private Object variable(String name) {
        if (!name.equals(BLOCKS) && !name.startsWith("gatewright")) {
            return null;
        }
        try {
            return getClass()
                    .getClassLoader()
                    .loadClass(name)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
