// SPDX-License-Identifier: Apache-2.0
/**
 * What git says about the sources of a run; the only place of JGit. Start reading at {@link
 * dev.gatewright.stages.git.GitRepository}.
 *
 * <p>A repository is hostile input. Files are read, nothing is written, and nothing that a repository or a user
 * configures is run: no hook, filter, diff driver, file-system monitor, signing program or alias, and not {@code git}
 * itself.
 */
@NullMarked
package dev.gatewright.stages.git;

import org.jspecify.annotations.NullMarked;
