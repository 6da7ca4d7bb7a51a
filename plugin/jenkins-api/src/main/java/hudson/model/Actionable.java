// SPDX-License-Identifier: Apache-2.0
package hudson.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands for {@code hudson.model.Actionable} of Jenkins' core: what actions are hung on. */
public abstract class Actionable implements ModelObject {
    private final List<Action> actions = new CopyOnWriteArrayList<>();

    /** All that hang on it. */
    public List<Action> getActions() {
        return actions;
    }

    /** Those of a type. */
    public <T extends Action> List<T> getActions(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Action action : getActions()) {
            if (type.isInstance(action)) {
                found.add(type.cast(action));
            }
        }
        return found;
    }

    /** The first of a type, or null. */
    public <T extends Action> T getAction(Class<T> type) {
        List<T> found = getActions(type);
        return found.isEmpty() ? null : found.get(0);
    }

    /** Hangs one on it. */
    public void addAction(Action a) {
        getActions().add(a);
    }

    /** Hangs one on it in place of those of its class. */
    public boolean addOrReplaceAction(Action a) {
        getActions().removeIf(other -> other.getClass() == a.getClass());
        addAction(a);
        return true;
    }
}
