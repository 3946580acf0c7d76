// All of nn/ at work: a small network learns which points of a square lie inside a circle, which no line can separate.
import { countCorrect } from './accuracy';
import { CrossEntropyLoss } from './cross-entropy-loss';
import { Matrix } from './matrix';
import { MLP } from './mlp';
import { Random } from './rng';
import { SGD } from './sgd';

const random = new Random(1, 'weights');

// 200 points [200, 2] with coordinates from −1 to 1. Class 1 is inside the circle of radius 0.8, class 0 outside.
const points = Matrix.zeros(200, 2, 'float64');
for (let i = 0; i < points.data.length; i++) points.data[i] = 2 * random.uniform() - 1;
const classes = Array.from({ length: points.rows }, (_, n) => (Math.hypot(...points.row(n)) < 0.8 ? 1 : 0));

const model = new MLP({ sizes: [2, 16, 2], activation: 'tanh', precision: 'float64' });
model.initialize(random, { method: 'xavier' });
const crossEntropy = new CrossEntropyLoss();
const optimizer = new SGD(model.parameters(), { learningRate: 0.5 });

for (let step = 0; step <= 500; step++) {
  const probabilities = model.forward(points);
  const loss = crossEntropy.forward(probabilities, classes);
  if (step % 50 === 0) {
    console.log(`step ${step}: loss ${loss.toFixed(4)}, ${countCorrect(probabilities, classes)} of 200 right`);
  }
  optimizer.zeroGrad();
  model.backward(crossEntropy.backward());
  optimizer.step();
}
