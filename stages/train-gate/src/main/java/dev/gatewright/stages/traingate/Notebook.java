// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A notebook as the command that trains: {@code run: train.ipynb}. The user's Python runs it, by papermill, which shows what
 * its cells print, or else by nbconvert; either in the spec's folder. What was run, with its outputs, is kept beside the log.
 */
final class Notebook {
    private static final String SUFFIX = ".ipynb";
    private static final String EXECUTED = "notebook.ipynb";

    /** Its last line is shown where neither is there. */
    private static final String RUNNER = """
            import importlib.util, os, subprocess, sys
            notebook, folder, name = sys.argv[1:]
            def has(package):
                return importlib.util.find_spec(package) is not None
            if not has("ipykernel") or not (has("papermill") or has("nbconvert")):
                print("a notebook needs papermill and a kernel; install them: "
                      + sys.executable + " -m pip install papermill ipykernel")
                sys.exit(1)
            if has("papermill"):
                command = ["papermill", notebook, os.path.join(folder, name), "--cwd", ".", "--log-output",
                           "--no-progress-bar", "--kernel", "python3"]
                sys.exit(subprocess.call([sys.executable, "-m"] + command))
            command = ["nbconvert", "--stdin", "--to", "notebook", "--execute", "--output-dir", folder, "--output", name,
                       "--ExecutePreprocessor.timeout=-1", "--ExecutePreprocessor.kernel_name=python3"]
            with open(notebook, "rb") as cells:
                sys.exit(subprocess.call([sys.executable, "-m"] + command, stdin=cells))
            """;

    private Notebook() {}

    /** Whether the command is a notebook's path, and nothing else. */
    static boolean is(String command) {
        String text = command.strip();
        return text.endsWith(SUFFIX) && text.chars().noneMatch(Character::isWhitespace);
    }

    /** The command line that runs the notebook {@code command}; {@code folder} takes what that needs and leaves. */
    static String commandLine(String command, String interpreter, Path folder) throws IOException {
        Path runner = Files.writeString(folder.resolve("notebook.py"), RUNNER);
        return String.join(
                " ",
                PythonPackages.quoted(interpreter),
                PythonPackages.quoted(runner.toAbsolutePath().toString()),
                PythonPackages.quoted(command.strip()),
                PythonPackages.quoted(folder.toAbsolutePath().toString()),
                EXECUTED);
    }
}
