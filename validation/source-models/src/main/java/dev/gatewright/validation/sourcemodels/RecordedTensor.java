// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.sourcemodels;

import java.nio.file.Path;

/** A tensor of all rows that the child left as {@code .npy}, under the name of an output or an input. */
public record RecordedTensor(String name, Path file) {}
