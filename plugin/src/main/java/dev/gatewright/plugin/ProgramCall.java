// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import hudson.AbortException;
import hudson.EnvVars;
import java.util.List;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.durabletask.BourneShellScript;
import org.jenkinsci.plugins.durabletask.DurableTask;
import org.jenkinsci.plugins.durabletask.WindowsBatchScript;

/**
 * How the program is called on an agent: by a script that is the same for all, which takes the program and its arguments out of the
 * environment. So no shell reads a value that somebody gave.
 *
 * @param program the launcher, by its path on the agent or its name
 */
record ProgramCall(String program, List<String> arguments) {
    /** Holds the program. */
    static final String PROGRAM = "GATEWRIGHT_PROGRAM";

    /** Holds how many arguments there are; each has a variable with its number at the end. */
    static final String ARGUMENTS = "GATEWRIGHT_ARGUMENTS";

    private static final String ARGUMENT = "GATEWRIGHT_ARGUMENT_";

    /** What is evaluated are names of variables and numbers. What the program starts need not see them. */
    private static final String SHELL = """
            #!/bin/sh
            values= names= number=1
            while [ "$number" -le "$GATEWRIGHT_ARGUMENTS" ]; do
              values="$values \\"\\$GATEWRIGHT_ARGUMENT_$number\\""
              names="$names GATEWRIGHT_ARGUMENT_$number"
              number=$((number + 1))
            done
            eval "set -- \\"\\$GATEWRIGHT_PROGRAM\\" $values"
            eval "unset GATEWRIGHT_PROGRAM GATEWRIGHT_ARGUMENTS $names"
            exec "$@"
            """;

    /** Batch files read what they expand: see {@link #check}. */
    private static final String BATCH = """
            @echo off
            setlocal EnableExtensions EnableDelayedExpansion
            set "values="
            for /L %%i in (1,1,%GATEWRIGHT_ARGUMENTS%) do set "values=!values! "!GATEWRIGHT_ARGUMENT_%%i!""
            call "%GATEWRIGHT_PROGRAM%" %values%
            exit /b %ERRORLEVEL%
            """;

    private static final Pattern PLAIN_ON_WINDOWS =
            Pattern.compile("[\\p{L}\\p{N} _.,:;=@#'~+*/\\\\\\[\\]{}$?-]*(?<!\\\\)");

    /** What runs it detached. */
    DurableTask task(boolean isUnix) {
        DurableTask task = isUnix ? new BourneShellScript(SHELL) : new WindowsBatchScript(BATCH);
        task.defaultCharset();
        return task;
    }

    /** The environment with what the script needs. */
    EnvVars in(EnvVars environment) {
        EnvVars all = new EnvVars(environment);
        all.put(PROGRAM, program);
        all.put(ARGUMENTS, Integer.toString(arguments.size()));
        for (int i = 0; i < arguments.size(); i++) {
            all.put(ARGUMENT + (i + 1), arguments.get(i));
        }
        return all;
    }

    /** Refuses what would not arrive as it is: on Windows a command line is read by the shell, by each batch file, and by Java. */
    void check(boolean isUnix) throws AbortException {
        for (String argument : isUnix ? List.<String>of() : arguments) {
            if (!PLAIN_ON_WINDOWS.matcher(argument).matches()) {
                throw new AbortException("on Windows this cannot be handed to a program unchanged: " + argument
                        + "; write it into the spec instead");
            }
        }
    }
}
