// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Asks a Python interpreter for its version and the packages that are installed for it. */
final class PythonPackages {
    private static final long SECONDS = 30;
    private static final String QUESTION = """
            import importlib.metadata, json, platform
            found = sorted((d.metadata["Name"] or "?", d.version) for d in importlib.metadata.distributions())
            print(json.dumps({"python": platform.python_version(), "packages": dict(found)}))
            """;

    private PythonPackages() {}

    /** The answer; where the interpreter gives none, the reason. */
    static Json.Obj of(String python, Path folder) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(python, "-I", "-c", QUESTION)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                process.getOutputStream().close();
                byte[] answer = process.getInputStream().readNBytes(16 << 20);
                if (process.waitFor(SECONDS, TimeUnit.SECONDS)
                        && process.exitValue() == 0
                        && JsonReader.read(answer) instanceof Json.Obj object) {
                    return object;
                }
                return Json.object()
                        .put("error", python + " gave no list of its packages")
                        .build();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return Json.object().put("error", String.valueOf(e.getMessage())).build();
        }
    }
}
