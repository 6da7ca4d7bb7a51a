// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.sourcemodels;

/** What made a model, and so who can open it. */
public enum SourceKind {
    /** Estimators and pipelines: pickle, joblib, skops. */
    SCIKIT_LEARN("scikit-learn"),
    /** What XGBoost saves itself, or a pickle of its estimator. */
    XGBOOST("xgboost"),
    /** What LightGBM saves itself, or a pickle of its estimator. */
    LIGHTGBM("lightgbm"),
    /** A module of PyTorch: a function with a checkpoint, an exported program, TorchScript. */
    PYTORCH("pytorch"),
    /** A SavedModel folder of TensorFlow. */
    TENSORFLOW("tensorflow"),
    /** A model that Keras saved: {@code .keras}, {@code .h5}. */
    KERAS("keras"),
    /** A flat buffer of TensorFlow Lite. */
    TFLITE("tflite"),
    /** A folder of Hugging Face's transformers. */
    HUGGING_FACE("hugging-face"),
    /** Any other framework, by a command of the user that answers the same documents. */
    COMMAND("command");

    private final String spelling;

    SourceKind(String spelling) {
        this.spelling = spelling;
    }

    /** As a spec and the documents write it. */
    public String spelling() {
        return spelling;
    }
}
