// SPDX-License-Identifier: Apache-2.0
/**
 * Models in the framework that made them: what they answer to rows, and their form in ONNX.
 *
 * <p>Start reading at {@link dev.gatewright.validation.sourcemodels.SourceChild}. No framework and no pickle is ever opened in
 * this process: the user's own Python does, as a child that takes a request document and leaves an answer document, which is
 * read as what a stranger wrote.
 */
@NullMarked
package dev.gatewright.validation.sourcemodels;

import org.jspecify.annotations.NullMarked;
