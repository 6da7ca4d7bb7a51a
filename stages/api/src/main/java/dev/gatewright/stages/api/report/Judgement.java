// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.report;

import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The part of a report that depends only on spec, model, rows and rules. The same inputs give the same judgement on every
 * host with the same kind of processor and device, so its digest proves that two hosts judged alike.
 *
 * <p>It is taken from the report, never stored beside it, so the two cannot disagree. Left out are sentences (they follow
 * from the rest), paths, and all that comes from time: of a gate on a run-time metric only rule and verdict remain.
 */
public final class Judgement {
    /** Where a model is served is no part of how it was judged: each run gets another address. */
    private static final String ADDRESS = "endpoint";

    private static final Set<String> NOT_JUDGED_OF_GATE = Set.of("sentence", "warning");
    private static final Set<String> NOT_JUDGED_OF_FINDING = Set.of("wouldPassAt", "why");
    private static final Set<String> NOT_JUDGED_OF_COMPARISON = Set.of("notes");

    private Judgement() {}

    /** The judgement of a report. */
    public static Json.Obj of(Json.Obj report) {
        return Json.object()
                .put("schema", "gatewright-judgement/v1")
                .put("stage", report.text("stage").orElse(null))
                .put("spec", report.object("spec").text("digest").orElse(null))
                .put("commit", report.object("source").text("commit").orElse(null))
                .put("verdict", report.text("verdict").orElse(null))
                .put("inputs", digests(report.objects("inputs")))
                .put("outputs", digests(report.objects("outputs")))
                .put("gates", gates(report.objects("gates")))
                .put("metrics", metrics(report.objects("metrics")))
                .put("facts", report.object("facts"))
                .build();
    }

    /** The SHA-256 of a judgement's canonical JSON. */
    public static String digest(Json.Obj report) {
        return CanonicalJson.sha256(of(report));
    }

    private static List<Json> digests(List<Json.Obj> artifacts) {
        List<Json> digests = new ArrayList<>();
        for (Json.Obj artifact : artifacts) {
            if (artifact.text("name").equals(Optional.of(ADDRESS))) {
                continue;
            }
            digests.add(Json.object()
                    .put("name", artifact.text("name").orElse(null))
                    .put("sha256", artifact.text("sha256").orElse(null))
                    .build());
        }
        return digests;
    }

    private static List<Json> gates(List<Json.Obj> gates) {
        List<Json> judged = new ArrayList<>();
        for (Json.Obj gate : gates) {
            boolean runTime = isTrue(gate, "runTime");
            Json.Builder rule = Json.object();
            gate.members().forEach((name, value) -> {
                if (name.equals("findings")) {
                    if (!runTime) {
                        rule.put(name, findings(gate.objects("findings")));
                    }
                } else if (!NOT_JUDGED_OF_GATE.contains(name)) {
                    rule.put(name, value);
                }
            });
            judged.add(rule.build());
        }
        return judged;
    }

    private static List<Json> findings(List<Json.Obj> findings) {
        List<Json> judged = new ArrayList<>();
        for (Json.Obj finding : findings) {
            Json.Builder kept = Json.object();
            without(NOT_JUDGED_OF_FINDING, finding).members().forEach(kept::put);
            if (finding.get("comparison").isPresent()) {
                kept.put("comparison", without(NOT_JUDGED_OF_COMPARISON, finding.object("comparison")));
            }
            judged.add(kept.build());
        }
        return judged;
    }

    private static Json.Obj without(Set<String> names, Json.Obj object) {
        Map<String, Json> members = new LinkedHashMap<>(object.members());
        members.keySet().removeAll(names);
        return new Json.Obj(members);
    }

    private static List<Json> metrics(List<Json.Obj> metrics) {
        List<Json> judged = new ArrayList<>();
        for (Json.Obj metric : metrics) {
            if (!isTrue(metric, "runTime")) {
                judged.add(metric);
            }
        }
        return judged;
    }

    private static boolean isTrue(Json.Obj object, String name) {
        return object.get(name).filter(new Json.Bool(true)::equals).isPresent();
    }
}
