// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.pipelinelibrary;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.CpsTransformer;
import com.cloudbees.groovy.cps.NonCPS;
import com.cloudbees.groovy.cps.ObjectInputStreamWithLoader;
import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Binding;
import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyShell;
import groovy.lang.Script;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.MalformedURLException;
import java.util.List;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.jspecify.annotations.Nullable;

/**
 * Runs scripts in continuation-passing style. With restarts, what is left to do is written down in each step, and read by classes that
 * are compiled anew, as after a restart of Jenkins.
 */
final class Cps {
    private static final String BLOCKS = """
            def call(String name, List arguments, Closure body) {
                enterBlock(name, arguments)
                try {
                    return body()
                } finally {
                    leaveBlock()
                }
            }
            """;
    private static final ThreadLocal<Build> BUILD = new ThreadLocal<>();

    /** Twice: after a restart, classes of the same names are other classes. */
    private static final List<GroovyClassLoader> LIBRARIES = List.of(library(), library());

    private final Build build;
    private final boolean restarts;
    private int starts;

    Cps(Build build, boolean restarts) {
        this.build = build;
        this.restarts = restarts;
    }

    /** The build of the script that is running. */
    static Build build() {
        return BUILD.get();
    }

    @Nullable
    Object run(String jenkinsfile) throws Exception {
        BUILD.set(build);
        Continuable program = new Continuable(load(jenkinsfile));
        Outcome outcome = program.run0(new Outcome(null, null), Continuable.categories);
        while (program.isResumable()) {
            Outcome done = done((PipelineScript.Call) outcome.getNormal());
            program = restarts ? restarted(program, jenkinsfile) : program;
            outcome = program.run0(done, Continuable.categories);
        }
        if (outcome.getAbnormal() instanceof Exception e) {
            throw e;
        }
        if (outcome.getAbnormal() instanceof Error e) {
            throw e;
        }
        return outcome.getNormal();
    }

    private Outcome done(PipelineScript.Call call) {
        try {
            return new Outcome(step(call), null);
        } catch (RuntimeException e) {
            return new Outcome(null, e);
        }
    }

    private @Nullable Object step(PipelineScript.Call call) {
        switch (call.name()) {
            case PipelineScript.ENTER -> {
                List<?> arguments = (List<?>) call.arguments().get(1);
                build.enter(call.arguments().get(0).toString(), arguments.isEmpty() ? "" : arguments.get(0));
                return null;
            }
            case PipelineScript.LEAVE -> {
                build.leave();
                return null;
            }
            default -> {
                return build.step(call.name(), call.arguments());
            }
        }
    }

    private Continuable restarted(Continuable program, String jenkinsfile) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream state = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(state)) {
            out.writeObject(program);
        }
        ClassLoader loader = load(jenkinsfile).getClass().getClassLoader();
        try (ObjectInputStreamWithLoader in =
                new ObjectInputStreamWithLoader(new ByteArrayInputStream(state.toByteArray()), loader)) {
            return (Continuable) in.readObject();
        }
    }

    /** Compiled by a class loader of its own, upon the library as it is before a restart, or after it. */
    private Script load(String jenkinsfile) {
        GroovyClassLoader library = LIBRARIES.get(starts++ % LIBRARIES.size());
        return new GroovyShell(library, new Binding(), configuration()).parse(jenkinsfile, "Jenkinsfile.groovy");
    }

    private static GroovyClassLoader library() {
        try {
            GroovyClassLoader loader =
                    new GroovyShell(Cps.class.getClassLoader(), new Binding(), configuration()).getClassLoader();
            loader.addURL(Groovy.LIBRARY.resolve("src").toUri().toURL());
            loader.addURL(Groovy.LIBRARY.resolve("vars").toUri().toURL());
            loader.parseClass(BLOCKS, "Blocks.groovy");
            return loader;
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CompilerConfiguration configuration() {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.addCompilationCustomizers(
                new ImportCustomizer().addImports(NonCPS.class.getName(), Library.class.getName()),
                new CpsTransformer());
        configuration.setScriptBaseClass(PipelineScript.class.getName());
        return configuration;
    }
}
