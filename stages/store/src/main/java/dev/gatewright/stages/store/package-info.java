// SPDX-License-Identifier: Apache-2.0
/**
 * Runs that travel: to another folder, machine or user in one file, or from job to job through an OCI repository.
 *
 * <p>Start reading at {@link dev.gatewright.stages.store.RunFiles}, which says what of a run travels. {@link
 * dev.gatewright.stages.store.RunManifest} is how it is called on the way, the same in a file and in a registry; an {@code
 * Arrival} takes what comes as a stranger's, and puts it into its place once all of it was held against its digests. {@link
 * dev.gatewright.stages.store.PackedRun} packs and unpacks, {@link dev.gatewright.stages.store.RunRepository} fetches and pushes.
 */
@NullMarked
package dev.gatewright.stages.store;

import org.jspecify.annotations.NullMarked;
