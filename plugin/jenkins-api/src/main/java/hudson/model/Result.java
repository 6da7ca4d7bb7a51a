// SPDX-License-Identifier: Apache-2.0
package hudson.model;

import java.io.Serializable;

/** Stands for {@code hudson.model.Result} of Jenkins' core: how a build ends. */
public final class Result implements Serializable {
    private static final long serialVersionUID = 1L;

    /** All is well. */
    public static final Result SUCCESS = new Result("SUCCESS", 0);
    /** It goes on, and is marked. */
    public static final Result UNSTABLE = new Result("UNSTABLE", 1);
    /** It failed. */
    public static final Result FAILURE = new Result("FAILURE", 2);
    /** It was not built. */
    public static final Result NOT_BUILT = new Result("NOT_BUILT", 3);
    /** Somebody ended it. */
    public static final Result ABORTED = new Result("ABORTED", 4);

    private final String name;
    private final int badness;

    private Result(String name, int badness) {
        this.name = name;
        this.badness = badness;
    }

    /** Whether another one is better. */
    public boolean isWorseThan(Result that) {
        return badness > that.badness;
    }

    private Object readResolve() {
        for (Result known : new Result[] {SUCCESS, UNSTABLE, FAILURE, NOT_BUILT, ABORTED}) {
            if (known.name.equals(name)) {
                return known;
            }
        }
        return FAILURE;
    }

    @Override
    public String toString() {
        return name;
    }
}
