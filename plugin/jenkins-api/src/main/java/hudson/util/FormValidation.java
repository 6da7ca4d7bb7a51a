// SPDX-License-Identifier: Apache-2.0
package hudson.util;

/** Stands for {@code hudson.util.FormValidation} of Jenkins' core: what a form says beside a field. */
public abstract class FormValidation extends Exception {
    private static final long serialVersionUID = 1;

    /** How bad it is. */
    public final Kind kind;

    private FormValidation(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Stands for {@code hudson.util.FormValidation.Kind} of Jenkins' core. */
    public enum Kind {
        /** Nothing is wrong. */
        OK,
        /** It may be wrong. */
        WARNING,
        /** It is wrong. */
        ERROR
    }

    /** Nothing is wrong. */
    public static FormValidation ok() {
        return new Plain(Kind.OK, null);
    }

    /** It is wrong. */
    public static FormValidation error(String message) {
        return new Plain(Kind.ERROR, message);
    }

    private static final class Plain extends FormValidation {
        private static final long serialVersionUID = 1;

        Plain(Kind kind, String message) {
            super(kind, message);
        }
    }
}
