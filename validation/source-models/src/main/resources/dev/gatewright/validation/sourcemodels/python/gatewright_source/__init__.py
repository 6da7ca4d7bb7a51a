# SPDX-License-Identifier: Apache-2.0
"""Answers a request about a model in the framework that made it: its outputs on given rows, and its form in ONNX."""
