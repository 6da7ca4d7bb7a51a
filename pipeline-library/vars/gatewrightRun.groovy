// SPDX-License-Identifier: Apache-2.0
import dev.gatewright.Answer
import dev.gatewright.CommandLine
import dev.gatewright.Request
import dev.gatewright.RunFolder

/** Runs one stage, or the whole spec, and does to the build what the program says. gatewrightRun.txt is its help. */
Map call(Map parameters = [:]) {
    return end(judge(parameters))
}

/** Runs it, keeps its reports with the build, and returns what came of it, with its {@code ending}. */
Map judge(Map parameters = [:]) {
    Request request = new Request(parameters, env.JOB_NAME, env.BUILD_NUMBER)
    boolean unix = isUnix()
    boolean isFolder = fileExists(request.spec + '/gatewright.yaml')
    RunFolder folder = new RunFolder(request.spec, isFolder, pwd(), unix, request.runId)
    List<String> line = CommandLine.environment(request.run(), unix)
    try {
        int exitCode = 0
        withEnv(line) {
            exitCode = unix
                    ? sh(script: CommandLine.SHELL_RUN, returnStatus: true, label: 'gatewright')
                    : bat(script: CommandLine.BATCH_RUN, returnStatus: true, label: 'gatewright')
        }
        String answer = ''
        withEnv(CommandLine.environment(request.result(exitCode), unix)) {
            answer = unix
                    ? sh(script: CommandLine.SHELL_ASK, returnStdout: true, encoding: 'UTF-8', label: 'gatewright result')
                    : bat(script: CommandLine.BATCH_ASK, returnStdout: true, encoding: 'UTF-8', label: 'gatewright result')
        }
        return Answer.read(answer, request.runId, exitCode, folder)
    } finally {
        archiveArtifacts(artifacts: folder.reports(), allowEmptyArchive: true)
    }
}

/** Fails the build, marks it, or lets it go on, as the program has said; returns the map that the plugin's steps return. */
Map end(Map judged) {
    String sentence = judged.why ?: judged.verdict // neither step takes an empty one
    if (judged.ending == 'UNSTABLE') {
        unstable(sentence)
    } else if (judged.ending != 'SUCCESS') {
        error(sentence)
    }
    return Answer.withoutEnding(judged)
}
