// SPDX-License-Identifier: Apache-2.0
package hudson;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands for {@code hudson.EnvVars} of Jenkins' core: an environment. */
public class EnvVars extends TreeMap<String, String> {
    private static final long serialVersionUID = 4320331661987259022L;
    private static final Pattern MACRO = Pattern.compile("\\$(?:([A-Za-z0-9_]+)|\\{([A-Za-z0-9_.]+)}|\\$)");

    /** An empty one. */
    public EnvVars() {
        super(String.CASE_INSENSITIVE_ORDER);
    }

    /** A copy. */
    public EnvVars(Map<String, String> m) {
        this();
        putAll(m);
    }

    /** A copy. */
    public EnvVars(EnvVars m) {
        this((Map<String, String>) m);
    }

    /** Sets those of another one, in which variables are replaced. */
    public EnvVars overrideExpandingAll(Map<String, String> all) {
        EnvVars before = new EnvVars(this);
        all.forEach((key, value) -> put(key, before.expand(value)));
        return this;
    }

    /** A text in which variables are replaced; two dollar signs become one. */
    public String expand(String s) {
        return MACRO.matcher(s).replaceAll(found -> Matcher.quoteReplacement(value(found.group(), found)));
    }

    private String value(String whole, java.util.regex.MatchResult found) {
        if (whole.equals("$$")) {
            return "$";
        }
        String name = found.group(1) == null ? found.group(2) : found.group(1);
        return getOrDefault(name, whole);
    }
}
