// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.stages.conformance.Expected.refused;

import dev.gatewright.validation.testkit.numpy.Npz;
import java.io.ByteArrayOutputStream;
import java.util.stream.Stream;

/** Labelled rows in other formats than CSV, and in more files than one. */
final class FormatCases {
    private static final Group GROUP = Group.DATA;

    private FormatCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(jsonLines(), compressed(), parquet(), npy(), parts(), stages());
    }

    private static Group.Table jsonLines() {
        String file = "data/predictions.jsonl";
        String row = "{\"truth\": \"a\", \"predicted\": \"a\", \"p_a\": 0.8, \"p_b\": 0.1, \"p_c\": 0.1";
        return GROUP.on(Sounds.JSON_LINES)
                .add("json-empty", "The lines of JSON are missing", box -> box.write(file, ""), notEvaluated("no rows"))
                .add(
                        "json-cut-off",
                        "A line of JSON breaks off",
                        box -> box.append(file, row),
                        notEvaluated("found something that is not JSON"))
                .add(
                        "json-key-missing",
                        "A line of JSON lacks a key",
                        box -> box.append(file, row + "}\n"),
                        notEvaluated("key 'writer': found no such key"))
                .add(
                        "json-key-unknown",
                        "A line of JSON has a key that the first does not have",
                        box -> box.append(file, row + ", \"writer\": \"ada\", \"weight\": 1}\n"),
                        notEvaluated("key 'weight': found a key that the first line does not have"))
                .add(
                        "json-label-null",
                        "A label is null",
                        box -> box.append(
                                file, row.replace("\"truth\": \"a\"", "\"truth\": null") + ", \"writer\": \"ada\"}\n"),
                        notEvaluated("key 'truth': found null, expected one of the 3 classes"))
                .add(
                        "json-array",
                        "The rows are one JSON array",
                        box -> box.write(file, "[" + row + ", \"writer\": \"ada\"}]\n"),
                        notEvaluated("found an array, expected one JSON object a line"))
                .add(
                        "json-label-missing",
                        "No line of JSON has the label",
                        box -> box.write(file, box.text(file).replace("truth", "target")),
                        refused("has no key 'truth'"));
    }

    private static Group.Table compressed() {
        String file = "data/predictions.tsv.gz";
        return GROUP.on(Sounds.GZIP)
                .add(
                        "gzip-cut-off",
                        "The compressed file breaks off",
                        box -> box.truncate(file, box.bytes(file).length - 9),
                        notEvaluated("gzip data that end too early"))
                .add(
                        "gzip-member-damaged",
                        "A later member of the compressed file is damaged",
                        box -> {
                            ByteArrayOutputStream both = new ByteArrayOutputStream();
                            both.writeBytes(box.bytes(file));
                            byte[] more = FormatFiles.gzip("a\ta\t0.8\t0.1\t0.1\tada\n");
                            more[0] ^= 1;
                            both.writeBytes(more);
                            box.write(file, both.toByteArray());
                        },
                        notEvaluated("found something else behind gzip data"))
                .add(
                        "gzip-not",
                        "The file is not compressed as its name says",
                        box -> box.write(file, Rows.predictions().replace(',', '\t')),
                        notEvaluated("found text, expected a gzip file, as its name says"))
                .add(
                        "gzip-bomb",
                        "The compressed file is a bomb",
                        box -> box.write(file, FormatFiles.gzip("0".repeat(50_000_000))),
                        notEvaluated("a cell of more than 1048576 bytes"))
                .add(
                        "tsv-with-commas",
                        "The cells of a TSV file are separated by commas",
                        box -> box.write(file, FormatFiles.gzip(Rows.predictions())),
                        refused("has no column 'truth'"));
    }

    private static Group.Table parquet() {
        String file = "data/predictions.parquet";
        return GROUP.on(Sounds.PARQUET)
                .add(
                        "parquet-cut-off",
                        "The Parquet file breaks off",
                        box -> box.truncate(file, FormatFiles.parquet().length - 100),
                        notEvaluated(file))
                .add(
                        "parquet-footer-damaged",
                        "The length of the Parquet file's footer is damaged",
                        box -> {
                            byte[] bytes = FormatFiles.parquet();
                            bytes[bytes.length - 6] ^= 0x55;
                            box.write(file, bytes);
                        },
                        notEvaluated(file))
                .add(
                        "parquet-page-damaged",
                        "A page of the Parquet file is damaged",
                        box -> {
                            byte[] bytes = FormatFiles.parquet();
                            java.util.Arrays.fill(bytes, 4, 24, (byte) 0xFF);
                            box.write(file, bytes);
                        },
                        notEvaluated(file))
                .add(
                        "parquet-not",
                        "The Parquet file is a CSV file",
                        box -> box.write(file, Rows.predictions()),
                        notEvaluated("found text, expected a Parquet file, as its name says"));
    }

    private static Group.Table npy() {
        byte[] scores = Npz.npy("<f4", "(120, 3)", NpzFile.scores());
        return GROUP.on(Sounds.NPY)
                .add(
                        "npy-array-missing",
                        "The file of one of the arrays is missing",
                        box -> box.delete("data/arrays/truth.npy"),
                        refused("has no array 'truth'"))
                .add(
                        "npy-cut-off",
                        "The file of an array breaks off",
                        box -> box.truncate("data/arrays/scores.npy", scores.length - 4),
                        notEvaluated("array 'scores': found 1436 bytes of elements"))
                .add(
                        "npy-rows-differ",
                        "The files of the arrays have different numbers of rows",
                        box -> box.write(
                                "data/arrays/scores.npy",
                                Npz.npy("<f4", "(119, 3)", java.util.Arrays.copyOf(NpzFile.scores(), 119 * 12))),
                        notEvaluated("has 12"));
    }

    private static Group.Table parts() {
        String part = "data/parts/part-2.csv";
        return GROUP.on(Sounds.PARTS)
                .add(
                        "folder-empty",
                        "The folder of rows has no files",
                        box -> FormatFiles.parts(Rows.predictions()).keySet().forEach(box::delete),
                        notEvaluated("found an empty folder"))
                .add(
                        "folder-other-file",
                        "The folder of rows has a file that is none of them",
                        box -> box.write("data/parts/README.md", "rows"),
                        notEvaluated("found the name 'README.md'"))
                .add(
                        "folder-two-formats",
                        "The folder of rows has files of two formats",
                        box -> box.write("data/parts/part-4.jsonl", "{}"),
                        notEvaluated("expected files of one format"))
                .add(
                        "part-of-other-columns",
                        "A file of the folder has another column",
                        box -> box.edit(part, "p_c,writer", "p_d,writer"),
                        notEvaluated("part-2.csv, column 'p_c': found no such column"))
                .add(
                        "part-cut-off",
                        "A file of the folder breaks off",
                        box -> box.append(part, "a,a,0.8"),
                        notEvaluated("part-2.csv, row 31 (line 32): found 3 cells, expected 6"))
                .add(
                        "part-empty",
                        "A file of the folder is empty",
                        box -> box.write(part, ""),
                        notEvaluated("part-2.csv, line 1: found no header"))
                .add(
                        "part-a-pointer",
                        "A file of the folder is a Git LFS pointer",
                        box -> box.write(part, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"),
                        notEvaluated("found a Git LFS pointer"));
    }

    private static Group.Table stages() {
        return GROUP.between(Sounds.TRAINED_ON_PARTS.byStage())
                .add(
                        "part-removed-between-stages",
                        "A file of the rows is removed between training and evaluation",
                        box -> box.delete("data/parts/part-3.csv"),
                        notEvaluated("data/parts/part-*.csv is not the file of train-gate any more"))
                .add(
                        "part-renamed-between-stages",
                        "The files of the rows are put into another order between training and evaluation",
                        box -> box.move("data/parts/part-0.csv", "data/parts/part-9.csv"),
                        notEvaluated("data/parts/part-*.csv is not the file of train-gate any more"));
    }
}
