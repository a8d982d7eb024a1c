"""Training of the embedded NLI judge: from labelled rows to the int8 ONNX file that ships.

The names in order of use: `rows` reads labelled claims, `pairs` puts the
evidence of one to five sentences beside each, `edits` writes false claims and
sound twins from the sentences of training documents, `model` is the
cross-encoder, `train` fits it, `export` writes the ONNX file, `evaluate`
measures it on the two halves of dev and on the probe. `python -m training`
runs all of them.
"""
