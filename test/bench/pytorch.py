"""PyTorch as a contender, tensors preloaded: a manual loop or nn.Sequential; an epoch for each line on stdin."""
import json
import sys
import time

import numpy as np
import torch
from torch.nn import functional as F

job = json.loads(sys.argv[1])
torch.set_num_threads(job["threads"])
torch.manual_seed(1)
batch = job["batchSize"]


def read(name, header):
    with open(f"{job['folder']}/{name}", "rb") as file:
        return np.frombuffer(file.read()[header:], dtype=np.uint8)


pixels = read("train-images-idx3-ubyte", 16).reshape(-1, 784)
if job["dense"]:
    pixels = np.maximum(pixels, 1)
images = torch.from_numpy((pixels / 255).astype(np.float32))
labels = torch.from_numpy(read("train-labels-idx1-ubyte", 8).astype(np.int64))
sizes = [784, *job["hidden"], 10]
linears = [torch.nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]
modules = [module for linear in linears for module in (linear, torch.nn.Sigmoid())][:-1]
model = torch.nn.Sequential(*modules)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
parameters = [(linear.weight.data.t().contiguous(), linear.bias.data) for linear in linears]


def train_sequential(x, y):
    optimizer.zero_grad()
    F.cross_entropy(model(x), y).backward()
    optimizer.step()


@torch.no_grad()
def train_manual(x, y):
    outputs = [x]
    for layer, (w, b) in enumerate(parameters):
        z = torch.addmm(b, outputs[-1], w)
        outputs.append(z if layer == len(parameters) - 1 else torch.sigmoid_(z))
    dz = torch.softmax(outputs[-1], 1)
    dz[torch.arange(len(y)), y] -= 1
    dz /= len(y)
    for layer in reversed(range(len(parameters))):
        w, b = parameters[layer]
        a = outputs[layer]
        below = (dz @ w.t()) * a * (1 - a) if layer > 0 else None
        w.addmm_(a.t(), dz, alpha=-0.1)
        b.sub_(dz.sum(0), alpha=0.1)
        dz = below


train_batch = train_manual if job["loop"] == "manual" else train_sequential
print("ready", flush=True)
for line in sys.stdin:
    if line.strip() == "end":
        break
    start = time.perf_counter()
    order = torch.randperm(len(images))
    x, y = images[order], labels[order]
    for k in range(len(x) // batch):
        train_batch(x[k * batch : (k + 1) * batch], y[k * batch : (k + 1) * batch])
    print(json.dumps({"seconds": time.perf_counter() - start}), flush=True)
