// SPDX-License-Identifier: Apache-2.0
package dev.gatewright

import com.cloudbees.groovy.cps.NonCPS

/** What the program is asked. Nothing is judged here, and nothing runs here: steps are the business of {@code vars}. */
class Request implements Serializable {
    private static final long serialVersionUID = 1

    private static final List<String> PARAMETERS = ['stage', 'spec', 'set', 'runId', 'device', 'tool', 'failOn']

    final String stage
    final String spec
    final List<String> settings
    final String runId
    final String device
    final String tool
    final String failOn

    Request(Map parameters, String job, String build) {
        Collection unknown = parameters.keySet() - PARAMETERS
        if (unknown) {
            throw new IllegalArgumentException(
                    "gatewrightRun has no parameter ${unknown.join(', ')}; it has ${PARAMETERS.join(', ')}")
        }
        stage = parameters.stage
        if (stage && !(stage ==~ /[a-z][a-z-]*/)) {
            throw new IllegalArgumentException("there is no stage ${stage.inspect()}")
        }
        spec = parameters.spec ?: 'gatewright.yaml'
        settings = strings(parameters.set)
        runId = parameters.runId ?: "jenkins-$job-$build".replaceAll('[^A-Za-z0-9._-]', '-')
        device = parameters.device
        tool = parameters.tool ?: 'gatewright'
        failOn = parameters.failOn
    }

    /** The parameters of gatewrightPipeline that each of its stages has. */
    @NonCPS
    static Map ofStages(Map parameters) {
        Map ofStages = new LinkedHashMap(parameters)
        ofStages.keySet().removeAll(['agent', 'stages', 'notify'])
        return ofStages
    }

    /**
     * The command line that runs the stage, or the whole spec. No value begins an argument: it would be taken for an option, or, after
     * an at sign, for a file with more arguments.
     */
    @NonCPS
    List<String> run() {
        List<String> line = [tool, stage ?: 'run', '--host=shared-library', '--run-id=' + runId]
        for (String setting : settings) {
            line.add('--set=' + setting)
        }
        if (device) {
            line.add('--device=' + device)
        }
        return line + ofSpec()
    }

    /** The command line that says what came of it. */
    @NonCPS
    List<String> result(int exitCode) {
        List<String> line = [tool, 'result', '--run-id=' + runId, '--exit-code=' + exitCode]
        if (stage) {
            line.add('--stage=' + stage)
        }
        if (failOn) {
            line.add('--fail-on=' + failOn)
        }
        return line + ofSpec()
    }

    @NonCPS
    private List<String> ofSpec() {
        return ['--', spec.startsWith('@') ? './' + spec : spec]
    }

    @NonCPS
    private static List<String> strings(Object values) {
        List<String> strings = []
        for (Object value : [values ?: []].flatten()) {
            strings.add(value.toString())
        }
        return strings
    }
}
