// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.init;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which columns feed which input of a model: by what the model names, by equal names, or by the only number that fits. */
final class FeatureGuess {
    private final ModelFacts model;
    private final Columns columns;
    private final Map<String, List<String>> given;

    FeatureGuess(ModelFacts model, Columns columns, Map<String, List<String>> given) {
        this.model = model;
        this.columns = columns;
        this.given = given;
    }

    /** Each input with its columns, none of them one of {@code labels}; empty where there is no one way. */
    Optional<Map<String, List<String>>> features(Collection<String> labels) {
        Map<String, List<String>> features = new LinkedHashMap<>();
        for (ModelFacts.Input input : model.inputs()) {
            Optional<List<String>> found = columns(input, labels);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            features.put(input.name(), found.get());
        }
        return Optional.of(features);
    }

    private Optional<List<String>> columns(ModelFacts.Input input, Collection<String> labels) {
        List<String> ofUser = given.get(input.name());
        if (ofUser != null) {
            return Optional.of(ofUser);
        }
        List<String> names =
                columns.names().stream().filter(name -> !labels.contains(name)).toList();
        if (model.inputs().size() > 1) {
            return names.contains(input.name()) ? Optional.of(List.of(input.name())) : Optional.empty();
        }
        if (!model.features().isEmpty() && names.containsAll(model.features())) {
            return Optional.of(model.features());
        }
        List<String> fitting = names.stream()
                .filter(name -> columns.feeds(name, input.takesTexts()))
                .toList();
        if (input.width() == ModelFacts.OPEN) {
            return fitting.contains(input.name())
                    ? Optional.of(List.of(input.name()))
                    : Optional.of(fitting).filter(all -> !labels.isEmpty() && !all.isEmpty());
        }
        return ofWidth(input, fitting);
    }

    private Optional<List<String>> ofWidth(ModelFacts.Input input, List<String> fitting) {
        if (fitting.contains(input.name()) && columns.width(input.name()) == input.width()) {
            return Optional.of(List.of(input.name()));
        }
        if (columns.width(fitting) == input.width()) {
            return Optional.of(fitting);
        }
        List<List<String>> ways = new ArrayList<>();
        if (input.width() > 1) {
            fitting.stream()
                    .filter(name -> columns.width(name) == input.width())
                    .forEach(name -> ways.add(List.of(name)));
        }
        for (List<String> group : columns.numbered().values()) {
            if (fitting.containsAll(group) && columns.width(group) == input.width()) {
                ways.add(group);
            }
        }
        return ways.size() == 1 ? Optional.of(ways.get(0)) : Optional.empty();
    }
}
