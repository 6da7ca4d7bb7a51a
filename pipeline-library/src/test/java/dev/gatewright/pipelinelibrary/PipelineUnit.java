// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.pipelinelibrary;

import com.lesfurets.jenkins.unit.PipelineTestHelper;
import com.lesfurets.jenkins.unit.global.lib.LibraryConfiguration;
import com.lesfurets.jenkins.unit.global.lib.SourceRetriever;
import groovy.lang.Binding;
import groovy.lang.Closure;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.runtime.InvokerInvocationException;
import org.jspecify.annotations.Nullable;

/** JenkinsPipelineUnit with the steps of a {@link Build}, and with no other. */
@SuppressWarnings({"rawtypes", "unchecked", "serial"}) // as the library is
final class PipelineUnit {
    private final PipelineTestHelper helper = new PipelineTestHelper();
    private final Binding binding = new Binding();
    private final Path scripts;

    PipelineUnit(Build build) throws Exception {
        scripts = Files.createDirectories(build.workspace().resolveSibling("jenkinsfile"));
        helper.setScriptRoots(scripts.toString());
        helper.setBaseScriptRoot(scripts.toString());
        helper.setScriptExtension("groovy");
        helper.setBaseClassloader(getClass().getClassLoader());
        for (String name : List.of("env", "scm", "params")) {
            binding.setVariable(name, build.property(name));
        }
        for (String step : Build.STEPS) {
            for (List<Class> arguments :
                    List.<List<Class>>of(List.of(), List.of(CharSequence.class), List.of(Map.class))) {
                register(step, arguments, values -> build.step(step, values));
            }
        }
        for (String block : Build.BLOCKS) {
            register(block, List.of(Object.class, Closure.class), values -> within(block, build, values));
        }
        register("node", List.of(Closure.class), values -> within("node", build, List.of("", values.get(0))));
        URL sources = Groovy.LIBRARY.toUri().toURL();
        SourceRetriever checkout = (name, version, target) -> List.of(sources);
        LibraryConfiguration library = new LibraryConfiguration();
        library.setName("gatewright");
        library.setDefaultVersion("main");
        library.setTargetPath("unused");
        library.setRetriever(checkout);
        helper.registerSharedLibrary(library);
    }

    private static @Nullable Object within(String block, Build build, List<Object> values) {
        build.enter(block, values.get(0));
        try {
            return ((Closure<?>) values.get(1)).call();
        } finally {
            build.leave();
        }
    }

    /** Adds a global variable. */
    void variable(String name, Object value) {
        binding.setVariable(name, value);
    }

    /** Adds a step. */
    @SuppressWarnings("rawtypes") // of the library
    void register(String name, List<Class> types, Does does) {
        helper.registerAllowedMethod(name, types, new Step(does));
    }

    @Nullable
    Object run(String jenkinsfile) throws Exception {
        Files.writeString(scripts.resolve("Jenkinsfile.groovy"), jenkinsfile);
        helper.init();
        try {
            return helper.runScript("Jenkinsfile.groovy", binding);
        } catch (InvokerInvocationException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** What a step does. */
    interface Does {
        @Nullable
        Object apply(List<Object> arguments) throws Exception;
    }

    /** Public, since Groovy calls it. */
    public static final class Step extends Closure<Object> {
        private final transient Does does;

        Step(Does does) {
            super(null);
            this.does = does;
        }

        /** What Groovy looks for in a closure. */
        public @Nullable Object doCall(Object... arguments) throws Exception {
            return does.apply(Arrays.asList(arguments));
        }
    }
}
