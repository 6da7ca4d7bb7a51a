// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.tools.ToolInstallation;
import hudson.tools.ToolInstaller;
import hudson.tools.ToolInstallerDescriptor;
import hudson.util.FormValidation;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import jenkins.YesNoMaybe;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Brings the program's archive from a URL to an agent. The agent fetches it itself, once, and unpacks nothing whose SHA-256 is not the
 * one that is written here.
 */
public final class GatewrightInstaller extends ToolInstaller {
    private final String url;
    private final String sha256;

    /** As the form and the configuration as code make it. */
    @DataBoundConstructor
    public GatewrightInstaller(@Nullable String label, @Nullable String url, @Nullable String sha256) {
        super(label);
        this.url = url == null ? "" : url.strip();
        this.sha256 = sha256 == null ? "" : sha256.strip().toLowerCase(Locale.ROOT);
    }

    /** Where the archive is. */
    public String getUrl() {
        return url;
    }

    /** Which archive it is. */
    public String getSha256() {
        return sha256;
    }

    @Override
    public FilePath performInstallation(ToolInstallation tool, Node node, TaskListener log)
            throws IOException, InterruptedException {
        Optional<String> problem = ArchiveAddress.problem(url).or(() -> ArchiveAddress.problemOfDigest(sha256));
        if (problem.isPresent()) {
            throw new AbortException("The Gatewright '" + tool.getName() + "' cannot be installed: " + problem.get());
        }
        FilePath root = node.getRootPath();
        if (root == null) {
            throw new AbortException("The agent " + node.getDisplayName() + " is not connected.");
        }
        // One folder for all installations: what they have in common is told by the digest.
        FilePath folder = root.child("tools").child("gatewright");
        FilePath home = folder.child(sha256);
        if (!home.act(new ProgramArchive.IsThere())) {
            log.getLogger().println("Gatewright '" + tool.getName() + "': fetching " + url + " to " + home.getRemote());
            folder.act(new ProgramArchive(url, sha256));
        }
        return home;
    }

    /** The form's part. */
    @Extension(dynamicLoadable = YesNoMaybe.YES)
    @Symbol("gatewrightArchive")
    public static final class DescriptorImpl extends ToolInstallerDescriptor<GatewrightInstaller> {
        @Override
        public String getDisplayName() {
            return "Fetch Gatewright's archive";
        }

        @Override
        public boolean isApplicable(Class<? extends ToolInstallation> toolType) {
            return toolType == GatewrightInstallation.class;
        }

        /** Says beside the field what is wrong with a URL. Nothing is asked of it. */
        @POST
        public FormValidation doCheckUrl(@QueryParameter String value) {
            return of(ArchiveAddress.problem(value == null ? "" : value.strip()));
        }

        /** Says beside the field what is wrong with a digest. */
        @POST
        public FormValidation doCheckSha256(@QueryParameter String value) {
            return of(ArchiveAddress.problemOfDigest(value == null ? "" : value.strip()));
        }

        private static FormValidation of(Optional<String> problem) {
            return problem.map(FormValidation::error).orElseGet(FormValidation::ok);
        }
    }
}
