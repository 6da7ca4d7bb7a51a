// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.http;

import dev.gatewright.stages.modelserver.protocol.Interface;
import dev.gatewright.stages.modelserver.run.Runners;

/**
 * A model that is loaded, warm, and run.
 *
 * @param model what clients see of it
 * @param runners what runs it
 */
public record Served(Interface model, Runners runners) {}
