// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.host;

/** The fields of a {@link HostResult}, as every host hands them on. */
public enum ResultField {
    /** How it was judged. */
    VERDICT("PASSED, FAILED, INCONCLUSIVE or NOT_EVALUATED."),
    /** Where it stands. */
    STATUS(
            "DONE; WAITING for an approval; NOT_STARTED where an earlier stage stopped it; RUNNING where it was killed."),
    /** What it was judged by, and to be. */
    JUDGEMENT_DIGEST("SHA-256 of the judgement, the same on every host; of a whole run, of the digests of its stages."),
    /** The run's own digest. */
    RUN_DIGEST("SHA-256 of the run's document, which names the reports of all stages."),
    /** The run's id. */
    RUN_ID("The run's id, by which a later stage or job continues it."),
    /** What was measured. */
    METRICS("The metrics over all rows by their names; of a whole run, by stage and name."),
    /** Where the report is. */
    REPORT("The path of report.json; of a whole run, of run.json."),
    /** Where the model is. */
    MODEL("The path of the model that was judged last."),
    /** Which image. */
    IMAGE("The image by name and digest, from containerize on."),
    /** Where it is served. */
    ENDPOINT("The URL at which the model is served, from canary-deploy on."),
    /** Why it did not pass. */
    WHY("Why it did not pass, in a sentence; empty for PASSED.");

    private final String description;

    ResultField(String description) {
        this.description = description;
    }

    /** As actions write it: {@code judgement-digest}. */
    public String spelling() {
        return Spelling.kebab(this);
    }

    /** As Jenkins and JSON write it: {@code judgementDigest}. */
    public String camelCase() {
        return Spelling.camel(this);
    }

    /** What it holds, in a sentence. */
    public String description() {
        return description;
    }
}
