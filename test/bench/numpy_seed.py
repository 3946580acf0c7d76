"""The seed program's algorithm in NumPy as a contender: an epoch for each line on stdin, answered with its seconds."""
import json
import sys
import time

import numpy as np

job = json.loads(sys.argv[1])
dtype = np.dtype(job["dtype"]).type
batch = job["batchSize"]


def read(name, header):
    with open(f"{job['folder']}/{name}", "rb") as file:
        return np.frombuffer(file.read()[header:], dtype=np.uint8)


pixels = read("train-images-idx3-ubyte", 16).reshape(-1, 784)
labels = read("train-labels-idx1-ubyte", 8)
if job["dense"]:
    pixels = np.maximum(pixels, 1)
images = (pixels / 255).astype(dtype)
random = np.random.default_rng(1)
sizes = [784, *job["hidden"], 10]
weights = [(random.normal(size=pair) * np.sqrt(2 / pair[0])).astype(dtype) for pair in zip(sizes, sizes[1:])]
biases = [np.zeros((1, size), dtype) for size in sizes[1:]]


def train_batch(x, y):
    outputs = [x]
    for layer, (w, b) in enumerate(zip(weights, biases)):
        z = outputs[-1] @ w + b
        outputs.append(z if layer == len(weights) - 1 else 1 / (1 + np.exp(-np.clip(z, -30, 30))))
    e = np.exp(outputs[-1] - outputs[-1].max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(len(y)), y] + dtype(1e-8)).mean()
    dz = p
    dz[np.arange(len(y)), y] -= 1
    dz /= dtype(len(y))
    for layer in reversed(range(len(weights))):
        dw = outputs[layer].T @ dz
        db = dz.sum(axis=0, keepdims=True)
        if layer > 0:
            a = outputs[layer]
            dz = (dz @ weights[layer].T) * a * (1 - a)
        weights[layer] -= dtype(0.1) * dw
        biases[layer] -= dtype(0.1) * db
    return loss


print("ready", flush=True)
for line in sys.stdin:
    if line.strip() == "end":
        break
    start = time.perf_counter()
    order = random.permutation(len(images))
    x, y = images[order], labels[order]
    for k in range(len(x) // batch):
        train_batch(x[k * batch : (k + 1) * batch], y[k * batch : (k + 1) * batch])
    print(json.dumps({"seconds": time.perf_counter() - start}), flush=True)
