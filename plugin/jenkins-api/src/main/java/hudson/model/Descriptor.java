// SPDX-License-Identifier: Apache-2.0
package hudson.model;

import java.lang.reflect.Type;

/** Stands for {@code hudson.model.Descriptor} of Jenkins' core. It keeps nothing: what is saved is forgotten with the process. */
public abstract class Descriptor<T extends Describable<T>> implements Saveable {
    /** What it describes. */
    public final transient Class<? extends T> clazz;

    /** For a class that is not the enclosing one. */
    protected Descriptor(Class<? extends T> clazz) {
        this.clazz = clazz;
    }

    /** For the enclosing class. */
    @SuppressWarnings("unchecked")
    protected Descriptor() {
        this.clazz = (Class<? extends T>) getClass().getEnclosingClass();
    }

    /** Its name for a person. */
    public String getDisplayName() {
        return clazz.getSimpleName();
    }

    /** Its name, the same for ever. */
    public String getId() {
        return ((Type) clazz).getTypeName();
    }

    @Override
    public synchronized void save() {}

    /** Reads what was saved. */
    public synchronized void load() {}

    /** Stands for {@code hudson.model.Descriptor.FormException} of Jenkins' core. */
    public static final class FormException extends Exception {
        private static final long serialVersionUID = 1;

        private final String formField;

        /** Says what is wrong with a field. */
        public FormException(String message, String formField) {
            super(message);
            this.formField = formField;
        }

        /** The field. */
        public String getFormField() {
            return formField;
        }
    }
}
