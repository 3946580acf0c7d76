// Trains in Node, and writes what came out as JSON. Its arguments: the files of the training images and labels.
import { readFileSync } from 'node:fs';
import { trainEvery } from './train-epoch';

const [images, labels] = process.argv.slice(2).map((file) => new Uint8Array(readFileSync(file)));
void trainEvery({ images: images!, labels: labels! }).then((trained) => process.stdout.write(JSON.stringify(trained)));
