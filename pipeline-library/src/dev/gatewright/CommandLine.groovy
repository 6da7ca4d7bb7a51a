// SPDX-License-Identifier: Apache-2.0
package dev.gatewright

import com.cloudbees.groovy.cps.NonCPS

/**
 * A command line as environment variables, and the scripts that start it. The scripts are constants: no value ever stands in a
 * text that a shell reads.
 */
class CommandLine implements Serializable {
    private static final long serialVersionUID = 1

    /** What a batch file takes for more than a character, even in quotes. */
    private static final String UNSAFE = /(?s).*(["%!^]|\p{Cntrl}|\\$).*/

    /** Builds "$@" from the variables: what eval sees of them are their names. What the program starts does not see them. */
    private static final String SHELL = '''\
        #!/bin/sh
        set --
        number=0
        while [ "$number" -lt "$GATEWRIGHT_ARGUMENTS" ]; do
          number=$((number + 1))
          eval "set -- \\"\\$@\\" \\"\\$GATEWRIGHT_ARGUMENT_$number\\""
          unset "GATEWRIGHT_ARGUMENT_$number"
        done
        unset GATEWRIGHT_ARGUMENTS
        '''.stripIndent()

    /** Becomes the program, so that it is the one that is told to end. */
    static final String SHELL_RUN = SHELL + 'exec "$@"\n'
    /** An answer that cannot be had is an empty one. */
    static final String SHELL_ASK = SHELL + '"$@" || :\n'

    /** Delayed expansion puts the values in after the line was taken apart. */
    private static final String BATCH = '''\
        @echo off
        setlocal EnableExtensions EnableDelayedExpansion
        set "line="
        for /L %%n in (1,1,%GATEWRIGHT_ARGUMENTS%) do set "line=!line! "!GATEWRIGHT_ARGUMENT_%%n!""
        call !line!
        '''.stripIndent().replace('\n', '\r\n')

    static final String BATCH_RUN = BATCH + 'exit /b !ERRORLEVEL!\r\n'
    static final String BATCH_ASK = BATCH + 'exit /b 0\r\n'

    /** The variables for withEnv. */
    @NonCPS
    static List<String> environment(List<String> arguments, boolean isUnix) {
        List<String> variables = ['GATEWRIGHT_ARGUMENTS=' + arguments.size()]
        for (String argument : arguments) {
            if (!isUnix && argument ==~ UNSAFE) {
                throw new IllegalArgumentException('a batch file cannot hand on ' + argument.inspect()
                        + ': leave out ", %, !, ^, line breaks, and a \\ at the end')
            }
            variables.add('GATEWRIGHT_ARGUMENT_' + variables.size() + '=' + argument)
        }
        return variables
    }
}
