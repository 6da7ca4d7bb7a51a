// SPDX-License-Identifier: Apache-2.0
package dev.gatewright

import com.cloudbees.groovy.cps.NonCPS
import groovy.json.JsonSlurperClassic

/**
 * Reads what the program has answered: the map of the plugin's steps, and beside it {@code ending}. Whatever is not such an answer
 * is {@code NOT_EVALUATED}.
 */
class Answer implements Serializable {
    private static final long serialVersionUID = 1

    private static final List<String> FIELDS = ['verdict', 'status', 'judgementDigest', 'runDigest', 'runId', 'metrics', 'report',
            'model', 'image', 'endpoint', 'why']

    /** More characters than the metrics of any run take. */
    private static final int LONGEST = 4 * 1024 * 1024

    /** The answer about {@code runId}, after the program itself has ended with {@code exitCode}; its paths are from the current folder. */
    @NonCPS
    static Map read(String text, String runId, int exitCode, RunFolder folder) {
        Object read = null
        try {
            read = text && text.length() <= LONGEST ? new JsonSlurperClassic().parseText(text) : null
        } catch (RuntimeException | StackOverflowError e) {
            // It is no answer, which is said below.
        }
        if (read instanceof Map && (read.keySet() as Set) == ((FIELDS + 'ending') as Set) && read.runId == runId) {
            return ordered(read + [report: folder.below(read.report), model: folder.below(read.model)])
        }
        return notEvaluated(runId, 'the program ended with exit code ' + exitCode + reason(exitCode)
                + ', and does not say what came of it; the log above says why')
    }

    /** The map of what was not judged. */
    @NonCPS
    static Map notEvaluated(String runId, String why) {
        return ordered(verdict: 'NOT_EVALUATED', status: 'NOT_STARTED', metrics: [:], runId: runId, why: why, ending: 'FAILURE')
    }

    /** The map that the plugin's steps return. */
    @NonCPS
    static Map withoutEnding(Map answer) {
        Map result = new LinkedHashMap(answer)
        result.remove('ending')
        return result
    }

    @NonCPS
    private static Map ordered(Map answer) {
        Map ordered = new LinkedHashMap()
        for (String field : FIELDS + 'ending') {
            ordered.put(field, plain(answer.get(field)))
        }
        return ordered
    }

    /** Numbers are of one type, as in the plugin's map. */
    @NonCPS
    private static Object plain(Object value) {
        if (value instanceof Map) {
            Map plain = new LinkedHashMap()
            for (Object name : value.keySet()) {
                plain.put(name, Answer.plain(value.get(name)))
            }
            return plain
        }
        return value instanceof Number ? value.doubleValue() : value
    }

    @NonCPS
    private static String reason(int exitCode) {
        switch (exitCode) {
            case 126: return ' (it is there, and cannot be started)'
            case [127, 9009]: return ' (it is not there: name it by tool, or put it on the PATH)'
            default: return ''
        }
    }
}
