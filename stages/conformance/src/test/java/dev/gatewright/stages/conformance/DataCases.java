// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.conformance.Expected.inconclusive;
import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.stages.conformance.Expected.refused;

import dev.gatewright.validation.testkit.numpy.Npz;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Labelled rows that are missing, damaged, or of another run. */
final class DataCases {
    private static final Group GROUP = Group.DATA;
    private static final String FILE = "data/predictions.csv";
    private static final String HEADER = "truth,predicted,p_a,p_b,p_c,writer\n";

    private DataCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(files(), cells(), features(), arrays(), stages(), meanwhile());
    }

    private static Group.Table files() {
        return GROUP.on(Sounds.PREDICTIONS)
                .add(
                        "missing",
                        "The data file is missing",
                        box -> box.delete(FILE),
                        notEvaluated("found nothing, expected a data file"))
                .add("empty", "The data file is empty", box -> box.write(FILE, ""), notEvaluated("found no header"))
                .add(
                        "header-only",
                        "The data file has a header and no rows",
                        box -> box.write(FILE, HEADER),
                        notEvaluated("there are no rows"))
                .add(
                        "one-row",
                        "The data file has one row, and it is right",
                        box -> box.write(FILE, HEADER + "a,a,0.8,0.1,0.1,ada\n"),
                        inconclusive("n=1"))
                .add(
                        "label-missing",
                        "The label's column is missing",
                        box -> box.edit(FILE, "truth,", "target,"),
                        refused("has no column 'truth'"))
                .add(
                        "header-missing",
                        "The header is missing",
                        box -> box.edit(FILE, HEADER, ""),
                        notEvaluated("expected a name of its own for every column"))
                .add(
                        "column-twice",
                        "Two columns have the label's name",
                        box -> box.edit(FILE, "truth,predicted,p_a", "truth,predicted,truth"),
                        notEvaluated("expected a name of its own for every column"))
                .add(
                        "in-utf-16",
                        "The file is in another encoding",
                        box -> box.write(FILE, box.text(FILE).getBytes(StandardCharsets.UTF_16)),
                        notEvaluated("which is not UTF-8"))
                .add(
                        "not-utf-8",
                        "A name in the file is in another encoding",
                        box -> box.write(
                                FILE,
                                (box.text(FILE) + "a,a,0.8,0.1,0.1,Ren\u00e9\n").getBytes(StandardCharsets.ISO_8859_1)),
                        notEvaluated("which is not UTF-8"))
                .add(
                        "nul-bytes",
                        "The file ends in NUL bytes, as after a crash of the machine",
                        box -> box.append(FILE, "\0\0\0\0\0\0\0\0"),
                        notEvaluated("NUL byte"))
                .add(
                        "a-pointer",
                        "The file is a Git LFS pointer",
                        box -> box.write(FILE, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"),
                        notEvaluated("found a Git LFS pointer, expected the data that it points to; run git lfs pull"))
                .add(
                        "pointer-beside",
                        "The file is missing, and a DVC pointer stands beside",
                        box -> box.move(FILE, FILE + ".dvc"),
                        notEvaluated("found nothing but the DVC pointer"))
                .add(
                        "an-archive",
                        "The file is a zip archive by another name",
                        box -> box.write(FILE, NpzFile.npz()),
                        notEvaluated(FILE));
    }

    private static Group.Table cells() {
        return GROUP.on(Sounds.PREDICTIONS)
                .add(
                        "label-blank",
                        "A label is blank",
                        box -> box.append(FILE, ",a,0.8,0.1,0.1,ada\n"),
                        notEvaluated("column 'truth': found an empty cell"))
                .add(
                        "label-nan",
                        "A label is NaN",
                        box -> box.append(FILE, "nan,a,0.8,0.1,0.1,ada\n"),
                        notEvaluated("column 'truth': found 'nan'"))
                .add(
                        "label-unknown",
                        "A label is none of the classes",
                        box -> box.append(FILE, "d,a,0.8,0.1,0.1,ada\n"),
                        notEvaluated("column 'truth': found 'd', expected one of the 3 classes"))
                .add(
                        "label-of-another-case",
                        "A label is a class in capitals",
                        box -> box.append(FILE, "A,a,0.8,0.1,0.1,ada\n"),
                        notEvaluated("column 'truth': found 'A'"))
                .add(
                        "label-with-a-space",
                        "A label is a class with a space behind it",
                        box -> box.append(FILE, "a ,a,0.8,0.1,0.1,ada\n"),
                        notEvaluated("column 'truth': found 'a '"))
                .add(
                        "cut-off",
                        "The file breaks off in its last row",
                        box -> box.append(FILE, "a,a,0.8"),
                        notEvaluated("found 3 cells, expected 6 as in the header"))
                .add(
                        "too-many-cells",
                        "A row has a cell too many",
                        box -> box.append(FILE, "a,a,0.8,0.1,0.1,ada,b\n"),
                        notEvaluated("found 7 cells, expected 6 as in the header"))
                .add(
                        "blank-line",
                        "A blank line stands between the rows",
                        box -> box.append(FILE, "\na,a,0.8,0.1,0.1,ada\n"),
                        notEvaluated("a blank line"))
                .add(
                        "open-quote",
                        "A quote is opened and never closed",
                        box -> box.append(FILE, "a,a,0.8,0.1,0.1,\"ada\n"),
                        notEvaluated("a quote that is never closed"))
                .add(
                        "semicolons",
                        "The rows are separated by semicolons",
                        box -> box.write(FILE, box.text(FILE).replace(',', ';')),
                        refused("has no column 'truth'"));
    }

    private static Group.Table features() {
        String file = "data/holdout.csv";
        return GROUP.on(Sounds.MODEL)
                .add(
                        "feature-nan",
                        "A feature is NaN",
                        box -> box.append(file, "NaN,0,0,a,ada\n"),
                        notEvaluated("column 'f0': found 'NaN', expected a number"))
                .add(
                        "feature-blank",
                        "A feature is blank",
                        box -> box.append(file, "1,,0,a,ada\n"),
                        notEvaluated("column 'f1': found an empty cell, expected a number"))
                .add(
                        "feature-text",
                        "A feature is text",
                        box -> box.append(file, "1,0,abc,a,ada\n"),
                        notEvaluated("column 'f2': found 'abc', expected a number"))
                .add(
                        "feature-missing",
                        "A feature's column is missing",
                        box -> box.edit(file, "f0,f1,f2,truth", "f0,f1,g2,truth"),
                        refused("takes 3 values a row"))
                .add(
                        "feature-too-many",
                        "A column more matches the features' pattern",
                        box -> box.edit(file, "truth,writer", "truth,friend"),
                        refused("friend"))
                .add(
                        "model-data-missing",
                        "The rows for the model are missing",
                        box -> box.delete(file),
                        notEvaluated("found nothing, expected a data file"))
                .add(
                        "model-data-header-only",
                        "The file for the model has a header and no rows",
                        box -> box.write(file, "f0,f1,f2,truth,writer\n"),
                        notEvaluated("there are no rows"));
    }

    private static Group.Table arrays() {
        String file = "data/predictions.npz";
        byte[] truth = Npz.npy("<i8", "(120,)", NpzFile.truth());
        byte[] scores = Npz.npy("<f4", "(120, 3)", NpzFile.scores());
        return GROUP.on(Sounds.ARRAYS)
                .add(
                        "npz-cut-off",
                        "The NumPy archive breaks off",
                        box -> box.truncate(file, NpzFile.npz().length - 40),
                        notEvaluated("a whole archive"))
                .add(
                        "npz-of-another-kind",
                        "The NumPy archive is no archive",
                        box -> box.write(file, "x".repeat(1000)),
                        notEvaluated("found text, expected a zip archive"))
                .add(
                        "npz-damaged",
                        "A byte of the NumPy archive was changed",
                        box -> {
                            byte[] bytes = NpzFile.npz();
                            bytes[120] ^= 0x55;
                            box.write(file, bytes);
                        },
                        notEvaluated(file))
                .add(
                        "npz-wrong-magic",
                        "An array of the archive has no NumPy header",
                        box -> {
                            byte[] other = truth.clone();
                            other[1] = 'X';
                            box.write(file, NpzFile.npz(other, scores));
                        },
                        notEvaluated("no header of an .npy"))
                .add(
                        "npz-array-cut-off",
                        "An array has fewer numbers than its header says",
                        box -> box.write(
                                file, NpzFile.npz(truth, java.util.Arrays.copyOf(scores, scores.length - 400))),
                        notEvaluated(file))
                .add(
                        "npz-rows-differ",
                        "The arrays have different numbers of rows",
                        box -> box.write(
                                file,
                                NpzFile.npz(
                                        truth,
                                        Npz.npy(
                                                "<f4",
                                                "(119, 3)",
                                                java.util.Arrays.copyOf(NpzFile.scores(), 119 * 12)))),
                        notEvaluated("has 12"))
                .add(
                        "npz-pickled",
                        "An array holds pickled Python objects",
                        box -> box.write(file, NpzFile.npz(Npz.npy("|O", "(120,)", new byte[400]), scores)),
                        refused("holds Python objects, which are never unpickled"))
                .add(
                        "npz-label-out-of-range",
                        "A label's index is beyond the classes",
                        box -> {
                            byte[] other = NpzFile.truth();
                            other[0] = 3;
                            box.write(file, NpzFile.npz(Npz.npy("<i8", "(120,)", other), scores));
                        },
                        notEvaluated("expected the index of a class, a whole number from 0 to 2"))
                .add(
                        "npz-label-negative",
                        "A label's index is negative",
                        box -> {
                            byte[] other = NpzFile.truth();
                            java.util.Arrays.fill(other, 0, 8, (byte) -1);
                            box.write(file, NpzFile.npz(Npz.npy("<i8", "(120,)", other), scores));
                        },
                        notEvaluated("expected the index of a class, a whole number from 0 to 2"))
                .add(
                        "npz-label-float",
                        "The labels' indices are floats",
                        box -> box.write(file, NpzFile.npz(Npz.npy("<f8", "(120,)", NpzFile.truth()), scores)),
                        refused("holds float64, where whole numbers or text are wanted"))
                .add(
                        "npz-no-rows",
                        "The arrays have no rows",
                        box -> box.write(
                                file,
                                NpzFile.npz(
                                        Npz.npy("<i8", "(0,)", new byte[0]), Npz.npy("<f4", "(0, 3)", new byte[0]))),
                        notEvaluated("there are no rows"));
    }

    private static Group.Table stages() {
        return GROUP.between(Sounds.TRAINED_MODEL.byStage())
                .add(
                        "changed-between-stages",
                        "The rows are changed between training and evaluation",
                        box -> box.append("data/holdout.csv", "1,0,0,a,ada\n"),
                        notEvaluated("data/holdout.csv is not the file of train-gate any more"))
                .add(
                        "hard-rows-removed",
                        "The rows on which the model fails are removed between training and evaluation",
                        box -> box.write("data/holdout.csv", "f0,f1,f2,truth,writer\n" + "1,0,0,a,ada\n".repeat(120)),
                        notEvaluated("data/holdout.csv is not the file of train-gate any more"))
                .add(
                        "gone-between-stages",
                        "The rows are gone after the training",
                        box -> box.delete("data/holdout.csv"),
                        notEvaluated("found nothing, expected a data file"));
    }

    private static Group.Table meanwhile() {
        return GROUP.on(Sounds.MODEL)
                .add(
                        "changed-while-read",
                        "The rows are changed while the model is judged on them",
                        box -> box.launch(
                                Fork.whenTheWorkerStarts(worker -> box.append("data/holdout.csv", "1,0,0,a,ada\n"))),
                        notEvaluated("changed while"));
    }
}
