// SPDX-License-Identifier: Apache-2.0
/**
 * Lines of JSON, each an object of the same keys. Jackson reads what stands in a line; start reading at {@link
 * dev.gatewright.validation.data.jsonl.JsonTable}.
 */
@NullMarked
package dev.gatewright.validation.data.jsonl;

import org.jspecify.annotations.NullMarked;
