// SPDX-License-Identifier: Apache-2.0
package hudson.model;

import java.io.IOException;

/** Stands for {@code hudson.model.Saveable} of Jenkins' core. */
public interface Saveable {
    /** Writes it to where it is kept. */
    void save() throws IOException;
}
