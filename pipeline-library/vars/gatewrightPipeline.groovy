// SPDX-License-Identifier: Apache-2.0
import dev.gatewright.Answer
import dev.gatewright.Request

/** Checks out, runs the stages one after the other, and tells what came of it. gatewrightPipeline.txt is its help. */
Map call(Map parameters = [:]) {
    List<String> stages = parameters.stages ?: ['']
    Map ofStages = Request.ofStages(parameters)
    String runId = new Request(ofStages, env.JOB_NAME, env.BUILD_NUMBER).runId
    Map last = null
    try {
        node(parameters.agent ?: '') {
            stage('checkout') {
                checkout(scm)
            }
            for (int i = 0; i < stages.size() && (last == null || last.verdict == 'PASSED'); i++) {
                last = null
                stage(stages[i] ?: 'gatewright') {
                    last = gatewrightRun.judge(ofStages + [stage: stages[i]])
                    gatewrightRun.end(last)
                }
            }
        }
    } catch (Throwable e) {
        last = last ?: Answer.notEvaluated(runId, 'the pipeline was ended before the verdict: ' + e)
        throw e
    } finally {
        Closure notify = parameters.notify
        if (notify != null) {
            notify.call(Answer.withoutEnding(last))
        }
    }
    return Answer.withoutEnding(last)
}
